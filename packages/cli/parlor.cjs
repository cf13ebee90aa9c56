#!/usr/bin/env node
'use strict'
// Plain old JavaScript on purpose: a Node too old to read TypeScript must still be able to read this file and say so.
var oldest = 24
var major = Number(process.version.replace(/^v/, '').split('.')[0])

if (major < oldest) {
  console.error(
    'parlor needs Node ' +
      oldest +
      ' or newer and this is ' +
      process.version +
      '. Run it as `npm run parlor -- ...` in the folder of Parlor, which brings its own Node, or install Node ' +
      oldest +
      '.',
  )
  process.exit(2)
}

import('./main.ts')
