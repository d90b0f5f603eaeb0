import { beforeEach, describe, expect, test } from 'vitest'
import { ada } from '#dev/world/people.ts'
import { commit } from '#src/db/commit.ts'
import { expect as expectThat } from '#src/db/expect.ts'
import { insertContact, insertOrder } from '#src/db/orders.ts'
import { read } from '#src/db/query.ts'
import {
  findQuote,
  insertQuote,
  insertQuoteLines,
  listQuoteLines,
  listQuotes,
  quotePricesStand,
  updateQuotePaid,
  updateQuoteRefunded,
} from '#src/db/quotes.ts'
import { reachOf } from '#src/db/reach.ts'
import type { QuoteChange } from '#src/domain/quotes/change.ts'
import { type LicenseBasis, quoteStanding } from '#src/domain/quotes/quote.ts'
import { quoteWrites } from '#src/use-cases/quotes/quote-writes.ts'
import { readPaidQuote } from '#src/use-cases/quotes/read-paid-quote.ts'
import { testId } from '../../support/deps.ts'
import { openPortal, type Portal } from '../../support/portal.ts'

const by = { kind: 'shop', id: 'fastspring', name: 'FastSpring', address: '', requestId: '' } as const
const { frontDesk, unsupported } = ada.licenses

let portal: Portal
let frontDeskEnds: string

beforeEach(async () => {
  portal = await openPortal()
  const [row] = await portal.db.rows(`select support_ends_on from licenses where id = '${frontDesk}'`)
  frontDeskEnds = String(row?.support_ends_on)
})

const basis = (id: typeof frontDesk, more: Partial<LicenseBasis>): LicenseBasis => ({
  ...{ id, accountId: ada.accountId, kind: 'permanent', endsOn: null },
  ...{ editionCode: 'essentials', size: null, supportEndsOn: null, ...more },
})

const changes: QuoteChange[] = [
  { kind: 'license-upgrade', license: frontDesk, from: { edition: 'pro', size: 5 }, to: { edition: 'pro', size: 10 } },
  { kind: 'support', license: unsupported, act: 'bought', startsOn: '2026-08-21', endsOn: '2027-08-20' },
  { kind: 'license-new', product: 'remote-access', edition: 'pro', size: 3, licenses: 2, supportYears: 1 },
  { kind: 'subscription-new', product: 'remote-support', edition: 'standard', channels: 4, term: 'year' },
]

/** A quote of Ada's with one line for each change. */
async function quoted() {
  const id = testId('quote')
  const now = portal.deps.now()
  await commit(portal.db, [
    insertQuote({
      ...{ id, accountId: ada.accountId, currency: 'EUR', totalMinor: 4000, quotedOn: '2026-08-21' },
      ...{ validUntil: new Date(now.getTime() + 86_400_000), items: [], createdAt: now },
      licenses: [
        basis(frontDesk, { editionCode: 'pro', size: 5, supportEndsOn: frontDeskEnds as never }),
        basis(unsupported, {}),
      ],
      prices: [{ offerCode: 'remote-access/pro/10', quantity: 1, unitMinor: 26_900 }],
      ...{ madeByKind: 'customer', madeById: ada.accountId, madeByName: 'Ada' },
    }),
    insertQuoteLines(
      id,
      changes.map((change, i) => ({
        ...{ text: `Line ${i + 1}`, reckoning: '', change, quantity: 1 },
        ...{ offerCode: null, startsOn: null, endsOn: null, listMinor: 1500, creditMinor: 500, dueMinor: 1000 },
      })),
    ),
  ])
  return id
}

let paidOrders = 0

/** Pays a quote as a provider's signed word would. */
async function pay(id: string) {
  const paid = await readPaidQuote(portal.deps, id)
  if (!paid) throw new Error('No such quote')
  const [orderId, contactId, now] = [testId('order'), testId('contact'), portal.deps.now()]
  const reference = `JWT260821-2001-${20_001 + paidOrders++}`
  const payment = { orderId, reference, live: false, email: ada.email, provider: 'sandbox', providerOrderId: orderId }
  const { writes } = quoteWrites(portal.deps, by, paid, payment)
  const person = { firstName: 'Ada', lastName: orderId, email: ada.email, emailKey: ada.email, createdAt: now }
  await commit(portal.db, [
    insertContact({ ...person, id: contactId, accountId: ada.accountId }),
    insertOrder({
      ...{ id: orderId, accountId: ada.accountId, contactId, reference, referenceKey: reference.replaceAll('-', '') },
      ...{ provider: 'sandbox', providerOrderId: orderId, live: false, name: 'Ada', email: ada.email },
      ...{ emailKey: ada.email, currency: 'EUR', totalMinor: 4000, taxMinor: 0, orderedAt: now, createdAt: now },
    }),
    ...writes,
  ])
}

const rows = (sql: string) => portal.db.rows(sql)

describe('a paid quote', () => {
  test('does each of its lines once: of two payments at the same moment the second is told (R301 R324 R81)', async () => {
    const id = await quoted()
    const twice = await Promise.allSettled([pay(id), pay(id)])
    expect(twice.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected'])
    const [lost] = twice.filter((one) => one.status === 'rejected')
    expect(lost?.reason).toMatchObject({ constraint: 'quote-paid' })
    expect(await rows(`select size from licenses where id = '${frontDesk}'`)).toEqual([{ size: 10 }])
    expect(await rows(`select support_ends_on from licenses where id = '${unsupported}'`)).toEqual([
      { support_ends_on: '2027-08-20' },
    ])
    const made = `select kind, size, ends_on, support_ends_on from licenses where order_reference like 'JWT260821-2001%' order by kind`
    const pro3 = { kind: 'permanent', size: 3, ends_on: null, support_ends_on: '2027-08-20' }
    const four = { kind: 'subscription', size: 4, ends_on: '2027-08-20', support_ends_on: null }
    expect(await rows(made)).toEqual([pro3, pro3, four])
    expect(await rows(`select count(*) as n from order_items where display like 'Line %'`)).toEqual([{ n: 4 }])
    expect(await rows(`select state from quotes where id = '${id}'`)).toEqual([{ state: 'applied' }])
    expect(await rows(`select count(*) as n from outbox where template = 'quote-applied'`)).toEqual([{ n: 1 }])
  })

  test('whose license changed meanwhile changes nothing, and is kept as paid for the vendor', async () => {
    const id = await quoted()
    await portal.db.client.execute(`update licenses set size = 25 where id = '${frontDesk}'`)
    await expect(pay(id)).rejects.toMatchObject({ constraint: 'quote-stale' })
    await commit(portal.db, [updateQuotePaid(id), updateQuotePaid(id)])
    expect(await rows(`select state from quotes where id = '${id}'`)).toEqual([{ state: 'paid' }])
    await commit(portal.db, [updateQuoteRefunded(id)])
    expect(await rows(`select state from quotes where id = '${id}'`)).toEqual([{ state: 'refunded' }])
  })

  test('is honored even when its price changed since; only the price no longer stands', async () => {
    const id = await quoted()
    const stands = () => commit(portal.db, [expectThat('quote-stale', quotePricesStand(id))])
    await stands()
    await portal.db.client.execute(`update prices set unit_minor = 99900 where offer_code = 'remote-access/pro/10'`)
    await expect(stands()).rejects.toMatchObject({ constraint: 'quote-stale' })
    await pay(id)
    expect(await rows(`select state from quotes where id = '${id}'`)).toEqual([{ state: 'applied' }])
  })

  test('is found by those above its account and by nobody else; lines and words stay as they were said', async () => {
    const id = await quoted()
    const keys = await rows(`select k.hash, a.kind from api_keys k join accounts a on a.id = k.account_id`)
    const found = await Promise.all(
      keys.map(async ({ hash, kind }) => {
        const reach = reachOf({ kind: 'api-key', id: String(hash) })
        const [one, its, own] = await read(portal.db, [
          findQuote(reach, id),
          listQuoteLines(reach, id),
          listQuotes(reach, { limit: 5 }),
        ])
        return [kind, one.length, its.length, own.filter((quote) => quote.id === id).length]
      }),
    )
    expect(found.filter(([kind]) => kind === 'vendor')).toEqual([['vendor', 1, 4, 0]])
    expect(found.filter(([kind]) => kind !== 'vendor').every(([, ...n]) => n.every((one) => one === 0))).toBe(true)
    await expect(portal.db.client.execute(`update quote_lines set due_minor = 0`)).rejects.toThrow()
    await expect(portal.db.client.execute(`update quotes set total_minor = 0`)).rejects.toThrow(/quotes_fixed/)
    const open = { state: 'open', validUntil: portal.deps.now() } as const
    expect(quoteStanding(open, portal.deps.now())).toBe('expired')
  })
})
