import { spawn } from 'node:child_process'

/**
 * Run as a process of its own between a test and the media server whose path is its argument. It ends the server when its line
 * to the test breaks: that happens however the test's process dies.
 */
const server = spawn(process.argv[2] ?? '', [], { stdio: ['ignore', 'inherit', 'inherit'] })
server.once('error', (error) => {
  console.error(error.message)
  process.exit(1)
})
server.once('exit', (code) => process.exit(code ?? 1))
process.send?.({ pid: server.pid })
process.once('disconnect', () => server.kill('SIGKILL'))
// Whoever ends the tests from the keyboard ends this process through its line, not before its work is done.
process.on('SIGINT', () => {})
process.on('SIGTERM', () => server.kill('SIGKILL'))
