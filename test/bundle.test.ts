import { spawnSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import { afterAll, beforeAll, expect, it } from 'vitest'

const folder = mkdtempSync(join(tmpdir(), 'portico-bundle-'))
let worker: Buffer

beforeAll(() => {
  const { status, stderr } = spawnSync('node_modules/.bin/wrangler', ['deploy', '--dry-run', '--outdir', folder], {
    env: { ...process.env, CI: 'true', WRANGLER_SEND_METRICS: 'false', WRANGLER_WRITE_LOGS: 'false' },
    stdio: ['ignore', 'ignore', 'pipe'],
    encoding: 'utf8',
  })
  expect(status, stderr).toBe(0)
  worker = readFileSync(join(folder, 'worker.js'))
})
afterAll(() => rmSync(folder, { recursive: true, force: true }))

it('deploys as at most 150 kB, compressed (budget B9)', () => {
  expect(gzipSync(worker).length).toBeLessThanOrEqual(150_000)
})

it('carries neither the API document nor anything of development', () => {
  expect(worker.includes('"openapi"')).toBe(false)
  expect(worker.includes('portico-demo')).toBe(false)
})
