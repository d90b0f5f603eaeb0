import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createClient } from '@libsql/client'
import { connect } from '#src/db/connection.ts'
import { addDays, dayOf } from '#src/domain/day.ts'
import { cursorOf } from '#src/http/cursors.ts'
import { createApp } from '#src/whole.ts'
import { testDeps, testNow } from '../../test/support/deps.ts'
import { startLibsqlServer } from '../libsql-server.ts'
import { applyMigrations } from '../migrations.ts'
import { demoPassword, northwind, tailspin } from '../world/people.ts'
import { loadWorld } from '../world/world.ts'
import { addLicenses } from './many-licenses.ts'
import { medianOf, printGrowth, signInTo } from './timing.ts'

const origin = 'https://portal.acme.example'
const today = dayOf(testNow)

/** A row in the middle of the order, behind which a deep page begins. */
const deep = (value: string) => cursorOf({ side: 'after', way: 0, value, n: 0 })

const pages: Record<string, string> = {
  list: '/licenses',
  'list, deep page': `/licenses?cursor=${deep(addDays(today, -900))}&page=900`,
  'list, by product': '/licenses?product=advanced-security',
  'list, ends within 30 days': '/licenses?support=ending-30',
  'list, trial ending': '/licenses?only=trial-ending',
  'list, of one reseller': `/licenses?account=${tailspin.accountId}`,
  'search, an e-mail': '/licenses?q=kunde77%40many.example',
  'search, a comment': '/licenses?q=schalter+77',
  support: '/support',
  'support, deep page': `/support?cursor=${deep(addDays(today, 200))}&page=900`,
  'support, a range of ends': `/support?from=${today}&to=${addDays(today, 90)}`,
  'support, own': '/support?owner=own',
  'support, resellers’': '/support?owner=resellers',
}

/** Loads more and more licenses below a partner and times the pages of them after each. */
export async function measureGrowth(sizes: readonly number[]): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'portico-growth-'))
  const server = await startLibsqlServer({ file: join(folder, 'growth.db'), transactionMs: 60_000 })
  try {
    const client = createClient({ url: server.url })
    await applyMigrations(client)
    const deps = testDeps(connect({ url: server.url }))
    await loadWorld(deps.db, { now: testNow, passwords: deps.passwords })
    const app = createApp(() => deps)
    const ask = async (path: string, cookie: string) => app.request(origin + path, { headers: { cookie } })
    const cookie = await signInTo(app, origin, northwind.login, demoPassword)
    const medians: Record<string, number[]> = {}
    for (const [i, size] of sizes.entries()) {
      await addLicenses(client, sizes[i - 1] ?? 0, size, today)
      await client.execute('analyze')
      for (const [name, path] of Object.entries(pages)) {
        medians[name] = [...(medians[name] ?? []), await medianOf(() => ask(path, cookie))]
      }
    }
    client.close()
    printGrowth(sizes, medians)
  } finally {
    await server.close()
    rmSync(folder, { recursive: true, force: true })
  }
}
