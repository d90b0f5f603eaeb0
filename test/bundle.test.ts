import { spawnSync } from 'node:child_process'
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import { afterAll, beforeAll, expect, it } from 'vitest'

const folder = mkdtempSync(join(tmpdir(), 'portico-bundle-'))
/** The modules that wrangler would upload, by name. */
const modules = new Map<string, string>()

beforeAll(() => {
  const { status, stderr } = spawnSync('node_modules/.bin/wrangler', ['deploy', '--dry-run', '--outdir', folder], {
    env: { ...process.env, CI: 'true', WRANGLER_SEND_METRICS: 'false', WRANGLER_WRITE_LOGS: 'false' },
    stdio: ['ignore', 'ignore', 'pipe'],
    encoding: 'utf8',
  })
  expect(status, stderr).toBe(0)
  for (const name of readdirSync(folder).filter((one) => one.endsWith('.js'))) {
    modules.set(name, readFileSync(join(folder, name), 'utf8'))
  }
})
afterAll(() => rmSync(folder, { recursive: true, force: true }))

const textOf = (name: string): string => modules.get(name) ?? expect.fail(`${name} is imported and not uploaded`)
const namesIn = (name: string, pattern: RegExp) =>
  [...textOf(name).matchAll(pattern)].map((found) => found[1] as string)

/** A module and all that it imports before it runs. */
function closureOf(name: string, known = new Set<string>()): Set<string> {
  if (known.has(name)) return known
  known.add(name)
  for (const next of namesIn(name, /\b(?:from|import)"\.\/([\w.-]+)"/g)) closureOf(next, known)
  return known
}

/** As wrangler counts an upload: its modules one after the other, compressed. */
const compressed = (names: Iterable<string>) => gzipSync([...names].map(textOf).join('\n')).length

const start = () => closureOf('worker.js')
const atFirstUse = () => [...start()].flatMap((name) => namesIn(name, /\bimport\("\.\/([\w.-]+)"\)/g))
const partNamed = (part: string) =>
  atFirstUse().find((name) => name.startsWith(`${part}-`)) ?? expect.fail(`no ${part} is loaded at first use`)
/** All that has to be there for a part to answer. */
const withStart = (part: string) => closureOf(partNamed(part), start())

it('needs at most 150 kB, compressed, for the pages of most visitors, and as much for an activation (budget B9)', () => {
  expect(compressed(withStart('front'))).toBeLessThanOrEqual(150_000)
  expect(compressed(withStart('machines'))).toBeLessThanOrEqual(150_000)
})

it('evaluates nothing of pages for an activation', () => {
  const needed = [...withStart('machines')].map(textOf).join()
  expect(needed).not.toContain('<!doctype html>')
})

it('evaluates everything else at first use: the rest of the portal and the timetable, at most 150 kB more each', () => {
  const there = {
    app: withStart('front'),
    ...{ shop: start(), billing: start(), people: start(), reports: start(), schedule: start() },
  }
  for (const [part, known] of Object.entries(there)) {
    const more = [...closureOf(partNamed(part))].filter((one) => !known.has(one))
    expect(more).toContain(partNamed(part))
    expect(compressed(more), part).toBeLessThanOrEqual(150_000)
  }
})

it('carries neither the API document nor anything of development', () => {
  for (const text of modules.values()) {
    expect(text.includes('"openapi"')).toBe(false)
    expect(text.includes('portico-demo')).toBe(false)
  }
})
