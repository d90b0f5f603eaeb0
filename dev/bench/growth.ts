/**
 * How lists grow with the number of licenses (budget B8): 10³, 10⁴ and 10⁵ below one partner, each page through the
 * whole app over the embedded libSQL. Prints medians and their ratio to 10³. A benchmark, never a test.
 *
 *     npm run bench:growth [-- 1000 10000 100000]
 *     npm run bench:servers [-- 1000 10000 100000]
 *
 * The second adds servers to one account instead, and times check-ins, removals and the CSV beside the lists.
 */
import { resolve } from 'node:path'
import { pathToFileURL } from 'node:url'
import { build } from 'esbuild'

const root = resolve(import.meta.dirname, '../..')
const servers = process.argv[2] === 'servers'
const measure = servers ? 'measure-servers' : 'measure-growth'
const outfile = resolve(root, `dist/bench-${measure}.js`)

// Node itself reads no JSX, so the app is bundled first.
await build({
  entryPoints: [resolve(import.meta.dirname, `${measure}.ts`)],
  outfile,
  bundle: true,
  platform: 'node',
  format: 'esm',
  packages: 'external',
  logLevel: 'error',
})
const { measureGrowth } = await import(pathToFileURL(outfile).href)
const sizes = process.argv
  .slice(2)
  .map(Number)
  .filter((size) => size > 0)
await measureGrowth(sizes.length > 0 ? sizes : [1000, 10_000, 100_000])
