'use strict'
// Loaded with --require before every entry point. Plain old JavaScript on purpose: a Node too old to read
// TypeScript must still be able to read this file, or it dies with a message that helps nobody.
// `npm run` finds the Node pinned in node_modules first, so this speaks up only where that one is missing.
var oldest = 24
var major = Number(process.version.replace(/^v/, '').split('.')[0])

if (major < oldest) {
  console.error(
    'Parlor needs Node ' +
      oldest +
      ' or newer and this is ' +
      process.version +
      '. Run `npm ci` without --omit=optional, which puts the right one into node_modules, and start again with `npm start` or `npm test`; or install Node ' +
      oldest +
      ' yourself.',
  )
  process.exit(1)
}
