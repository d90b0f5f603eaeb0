import { readFileSync } from 'node:fs'
import { basename, resolve } from 'node:path'
import { build, type Plugin } from 'esbuild'

const root = resolve(import.meta.dirname, '..')

/** Where wrangler takes the Worker from. */
export const workerFolder = 'dist/worker'

/**
 * What packages carry and this Worker never calls: zod's way to write schemas as JSON Schema, which only the build of the
 * OpenAPI document needs, the relations of drizzle and its counts, which only its own client asks, and protobuf in the
 * database's client, which speaks JSON here. Nobody asks for them, so each of their functions is one that does nothing.
 */
const unused =
  /zod\/v4\/core\/(to-json-schema|json-schema-processors)\.js$|drizzle-orm\/(relations|sqlite-core\/query-builders\/(query|count))\.js$|@libsql\/hrana-client\/lib-esm\/(http|shared)\/protobuf_(de|en)code\.js$/
const withoutUnused: Plugin = {
  name: 'without-unused',
  setup({ onLoad }) {
    onLoad({ filter: unused }, ({ path }) => {
      const text = readFileSync(path, 'utf8')
      const alone = [...text.matchAll(/^export (?:function|const) (\w+)/gm)].map(([, name]) => name)
      const together = [...text.matchAll(/^export \{([^}]*)\}/gm)].flatMap(
        ([, names = '']) => names.match(/\w+/g) ?? [],
      )
      const names = new Set([...alone, ...together])
      return { contents: [...names].map((name) => `export const ${name} = () => undefined`).join('\n') }
    })
  },
}

/** Pages call `createContext` and `useContext` alone; the rest of that entry brings a renderer for browsers along. */
const contextAlone: Plugin = {
  name: 'context-alone',
  setup({ onResolve }) {
    onResolve({ filter: /^hono\/jsx$/ }, () => ({ path: resolve(root, 'node_modules/hono/dist/jsx/context.js') }))
  },
}

/**
 * The Worker as modules: `worker.js`, what is imported at first use, and what these share; each with its source map.
 * Returns their contents by path, `worker.js` last: once it stands, everything that it names stands too.
 */
export async function buildWorker(): Promise<Record<string, string>> {
  const { outputFiles } = await build({
    absWorkingDir: root,
    entryPoints: ['src/worker.ts'],
    outdir: workerFolder,
    bundle: true,
    splitting: true,
    format: 'esm',
    target: 'es2024',
    conditions: ['workerd', 'worker', 'browser'],
    external: ['node:*', 'cloudflare:*'],
    define: { 'process.env.NODE_ENV': '"production"', 'navigator.userAgent': '"Cloudflare-Workers"' },
    minify: true,
    plugins: [withoutUnused, contextAlone],
    legalComments: 'none',
    sourcemap: 'linked',
    write: false,
    logLevel: 'silent',
  })
  const isEntry = (path: string) => Number(basename(path) === 'worker.js')
  return Object.fromEntries(
    outputFiles
      .sort((one, other) => isEntry(one.path) - isEntry(other.path))
      .map(({ path, text }) => [`${workerFolder}/${basename(path)}`, text]),
  )
}
