import fc from 'fast-check'
import { beforeAll, expect, test } from 'vitest'
import { northwind, proseware, tailspin, wingtip } from '#dev/world/people.ts'
import { type Connection, DatabaseUnavailable } from '#src/db/connection.ts'
import { createApp } from '#src/whole.ts'
import { openPortal, type Portal, signIn } from '../../support/portal.ts'

const offer = 'remote-access/pro/10'
const accounts = [northwind, tailspin, wingtip, proseware].map(({ accountId }) => accountId)

let portal: Portal
beforeAll(async () => {
  portal = await openPortal()
})

const totals = async () =>
  portal.db.rows(
    `select b.offer_code, sum(b.credits) as credits from credit_balances b
      where b.account_id in (${accounts.map(() => '?')}) group by 1 order by 1`,
    ...accounts,
  )
const balanceOf = async (account: string) =>
  Number(
    (
      await portal.db.rows(
        'select credits from credit_balances where account_id = ? and offer_code = ?',
        account,
        offer,
      )
    )[0]?.credits ?? 0,
  )
/** Balances that are not the sum of their ledger, or below zero. */
const wrong = () =>
  portal.db.rows(`select * from credit_balances b where credits < 0 or credits <>
    (select sum(amount) from credit_entries e where e.account_id = b.account_id and e.offer_code = b.offer_code)`)

test('of 50 gifts of all one has at once exactly one is given; nothing is lost or made (R151 R152 R324)', async () => {
  const [mine, theirs] = [await balanceOf(northwind.accountId), await balanceOf(tailspin.accountId)]
  const before = await totals()
  const give = () =>
    portal.call('POST', `/api/v1/resellers/${tailspin.accountId}/credits`, {
      ...{ key: northwind.apiKey, body: { offer, quantity: mine } },
    })
  const answers = await Promise.all(Array.from({ length: 50 }, give))
  const statuses = answers.map(({ status }) => status)
  expect([statuses.filter((one) => one === 201).length, statuses.filter((one) => one === 409).length]).toEqual([1, 49])
  expect([await balanceOf(northwind.accountId), await balanceOf(tailspin.accountId)]).toEqual([0, theirs + mine])
  expect(await totals()).toEqual(before)
  expect(await wrong()).toEqual([])
  const back = { key: northwind.apiKey, body: { offer, quantity: mine } }
  await portal.call('POST', `/api/v1/resellers/${tailspin.accountId}/credit-returns`, back)
})

test('of two windows that give the last credits one is told that there are too few (R151 R324)', async () => {
  const browser = portal.browser()
  await signIn(browser, northwind.login, 'portico-demo')
  const path = `/resellers/${wingtip.accountId}/credits/new`
  const [one, two] = [await browser.open(path), await browser.open(path)]
  const fields = { offer, quantity: String(await balanceOf(northwind.accountId)) }
  expect((await browser.submit(one, 'main form', fields)).url).toBe('/resellers')
  const second = await browser.submit(two, 'main form', fields)
  expect(second.status).toBe(409)
  expect(second.text).toContain('There is a problem')
  expect(await balanceOf(northwind.accountId)).toBe(0)
  await portal.call('POST', `/api/v1/resellers/${wingtip.accountId}/credit-returns`, {
    ...{ key: northwind.apiKey, body: { offer, quantity: Number(fields.quantity) } },
  })
})

/** A database of which some requests, and some answers, get lost. */
const losing = (db: Connection, chance: () => number): Connection => ({
  async batch(statements, mode) {
    if (chance() < 0.2) throw new DatabaseUnavailable('no answer')
    const answer = await db.batch(statements, mode)
    if (chance() < 0.2) throw new DatabaseUnavailable('no answer')
    return answer
  },
})

test('random gifts and returns, with requests and answers lost on the way, keep the sum of each offer (R152 R324)', async () => {
  let seed = 7
  const chance = () => {
    seed = (seed * 16807) % 2147483647
    return seed / 2147483647
  }
  const app = createApp(() => ({ ...portal.deps, db: losing(portal.db, chance) }))
  const before = await totals()
  let acts = 0
  const act = fc.record({
    to: fc.constantFrom(tailspin.accountId, wingtip.accountId, proseware.accountId),
    noun: fc.constantFrom('credits', 'credit-returns'),
    offer: fc.constantFrom(offer, 'remote-access/pro/5', 'remote-access/enterprise/25'),
    quantity: fc.integer({ min: 1, max: 40 }),
  })
  await fc.assert(
    fc.asyncProperty(act, async ({ to, noun, ...body }) => {
      const [count] = await portal.db.rows('select count(*) as n from credit_entries')
      const key = `act-${++acts}`
      let answer: Response
      do {
        answer = await app.request(`https://portal.acme.example/api/v1/resellers/${to}/${noun}`, {
          method: 'POST',
          headers: {
            ...{ authorization: `Bearer ${northwind.apiKey}`, 'content-type': 'application/json' },
            'idempotency-key': key,
          },
          body: JSON.stringify(body),
        })
      } while (answer.status === 503)
      expect([201, 409]).toContain(answer.status)
      const [after] = await portal.db.rows('select count(*) as n from credit_entries')
      expect(Number(after?.n) - Number(count?.n)).toBe(answer.status === 201 ? 2 : 0)
      expect(await totals()).toEqual(before)
      expect(await wrong()).toEqual([])
    }),
    { numRuns: 200 },
  )
})
