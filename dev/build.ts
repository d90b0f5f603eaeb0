/**
 * Makes what is generated and git-ignored: the stylesheet as a module, the one script file under a name of its own, the
 * OpenAPI document, the Worker. Quick, and touches no file that would not change.
 *
 *     npm run build
 */
import { createHash } from 'node:crypto'
import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { dirname, join, resolve } from 'node:path'
import { pathToFileURL } from 'node:url'
import { gzipSync } from 'node:zlib'
import { build as bundle, transformSync } from 'esbuild'
import { transform } from 'lightningcss'
import type { OpenapiDocument } from '#views/pages/documentation/openapi-document.ts'
import { buildWorker, workerFolder } from './build-worker.ts'

const root = resolve(import.meta.dirname, '..')

/** Browsers of late 2021, five years old. */
const oldest = { chrome: 96 << 16, edge: 96 << 16, firefox: 94 << 16, safari: (15 << 16) | (1 << 8), ios_saf: 15 << 16 }

/** Builds everything; returns the files that changed. */
export async function build(): Promise<string[]> {
  const generated = { ...buildStyle(), ...buildScript(), ...buildExamples(), ...buildFonts() }
  const changed = Object.entries(generated).filter(([path, content]) => wrote(path, content))
  const [openapi, modules] = await Promise.all([buildOpenapi(), buildWorker()])
  const bundled = { 'public/api/v1/openapi.json': openapi, ...modules }
  changed.push(...Object.entries(bundled).filter(([path, content]) => wrote(path, content)))
  removeModulesBut(modules)
  return changed.map(([path]) => path)
}

/** `views/style.css`, minified and lowered, and the hash by which the Content-Security-Policy allows it. */
function buildStyle(): Record<string, string> {
  const filename = join(root, 'views/style.css')
  const { code } = transform({ filename, code: readFileSync(filename), minify: true, targets: oldest })
  const text = Buffer.from(code).toString()
  const hash = hashOf(text, 'base64')
  return { 'views/style.generated.ts': moduleOf({ styleText: text, styleHash: hash }) }
}

/** htmx and `views/enhance.js`, minified, in one file that may be kept for ever; files of earlier builds are removed. */
function buildScript(): Record<string, string> {
  const htmx = readFileSync(join(root, 'node_modules/htmx.org/dist/htmx.min.js'), 'utf8')
  const enhance = readFileSync(join(root, 'views/enhance.js'), 'utf8')
  const { code } = transformSync(enhance, { minify: true, target: 'es2021' })
  const script = `${htmx.replace(/\n?\/\/# sourceMappingURL=.*$/m, '')}\n${code}`
  const name = `portico-${hashOf(script, 'hex').slice(0, 12)}.js`
  for (const old of readdirSync(join(root, 'public'))) {
    if (/^portico-.*\.js$/.test(old) && old !== name) rmSync(join(root, 'public', old), { force: true })
  }
  return { [`public/${name}`]: script, 'views/assets.generated.ts': moduleOf({ scriptUrl: `/${name}` }) }
}

/** The client's source, as the documentation shows it. */
function buildExamples(): Record<string, string> {
  const sourceOf = (name: string) => readFileSync(join(root, 'dev/client', name), 'utf8')
  const sources = { clientSource: sourceOf('portico.ts'), licenseFileSource: sourceOf('license-file.ts') }
  return { 'views/examples.generated.ts': moduleOf(sources) }
}

/** The fonts of PDF documents, compressed: what the machine that makes a document has none of. */
function buildFonts(): Record<string, string> {
  const packed = (name: string) =>
    gzipSync(readFileSync(join(root, 'node_modules/dejavu-fonts-ttf/ttf', name)), { level: 9 }).toString('base64')
  const fonts = { plainFont: packed('DejaVuSansCondensed.ttf'), boldFont: packed('DejaVuSansCondensed-Bold.ttf') }
  return { 'src/gateways/pdf/fonts.generated.ts': moduleOf(fonts) }
}

/** The OpenAPI document, made of the routes and their schemas. They are bundled first: Node itself reads no JSX. */
async function buildOpenapi(): Promise<string> {
  const bundled = 'dist/build-openapi.js'
  const entryPoints = [join(root, 'dev/build-openapi.ts')]
  const { outputFiles } = await bundle({
    entryPoints,
    bundle: true,
    platform: 'node',
    format: 'esm',
    packages: 'external',
    write: false,
    logLevel: 'silent',
  })
  const text = outputFiles[0]?.text ?? ''
  wrote(bundled, text)
  const maker = `${pathToFileURL(join(root, bundled))}?${hashOf(text, 'hex')}`
  const made: OpenapiDocument = (await import(maker)).buildOpenapi()
  return `${JSON.stringify(made, null, 1)}\n`
}

const hashOf = (text: string, encoding: 'base64' | 'hex') => createHash('sha256').update(text).digest(encoding)

const moduleOf = (values: Record<string, string>) =>
  `// Made by dev/build.ts\n${Object.entries(values)
    .map(([name, value]) => `export const ${name} = ${JSON.stringify(value)}\n`)
    .join('')}`

/** Removes modules of earlier builds. What is a moment old stays: another build may be about to name it. */
function removeModulesBut(modules: Record<string, string>): void {
  for (const name of readdirSync(join(root, workerFolder))) {
    const file = join(root, workerFolder, name)
    const age = Date.now() - (statSync(file, { throwIfNoEntry: false })?.mtimeMs ?? Date.now())
    if (!(`${workerFolder}/${name}` in modules) && age > 60_000) rmSync(file, { force: true })
  }
}

/** Writes a file whole or not at all, and only where it differs: several builds may run at once. */
function wrote(path: string, content: string): boolean {
  const file = join(root, path)
  if (existsSync(file) && readFileSync(file, 'utf8') === content) return false
  mkdirSync(dirname(file), { recursive: true })
  const fresh = `${file}.${process.pid}`
  writeFileSync(fresh, content)
  renameSync(fresh, file)
  return true
}

if (import.meta.main) {
  const changed = await build()
  if (changed.length > 0) console.log(`Built ${changed.join(', ')}`)
}
