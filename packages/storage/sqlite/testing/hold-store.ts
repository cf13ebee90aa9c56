import { openFile } from './store-file.ts'

/** Run as a process of its own: opens the file named by its argument, says so, and holds it until it is killed. */
const stores = openFile(process.argv[2] ?? '')
await stores.accounts.insertAccount({
  id: 'held',
  name: 'held',
  concurrency: null,
  maxDurationSeconds: null,
  suspendedAt: null,
  createdAt: 1,
})
process.stdout.write('held\n')
setInterval(() => {}, 1_000)
