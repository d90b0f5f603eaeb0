// Starts the portal (`npm start`). Plain JavaScript without imports of the project, so that it can say what is missing
// on whatever Node runs it.
import { existsSync } from 'node:fs'
import module from 'node:module'

const needed = ['node/bin/node', 'wrangler/package.json', 'libsql/package.json', 'hono/package.json']
const missing = needed.find((path) => !existsSync(new URL(`../node_modules/${path}`, import.meta.url)))

if (missing) stop('Dependencies are missing. Run `npm ci` first.')
else if (!process.features.typescript)
  stop('This Node is too old to run it directly. Use `npm start`, which brings its own.')
else {
  module.enableCompileCache?.()
  await import('./start.ts')
}

function stop(sentence) {
  console.error(sentence)
  process.exitCode = 1
}
