import { Hono } from 'hono'
import { digestReads } from '#src/db/digests.ts'
import { dayOf } from '#src/domain/day.ts'
import { digestOf, type Section } from '#src/domain/warnings/digest.ts'
import { ask } from '#src/http/ask.ts'
import type { HttpContext, HttpEnv } from '#src/http/context.ts'
import { may } from '#src/http/guards.ts'

/** Calls about what there is to do (R307 R309). */
export const digestCalls = new Hono<HttpEnv>().get('/api/v1/digests', may('digest.read'), show)

/** What there is to do for the account of the key and all below it, as it stands now. */
async function show(c: HttpContext) {
  const today = dayOf(c.var.deps.now())
  const { expired, idle, overUsed, proposals } = digestOf(
    (await ask(c, (reach) => digestReads(reach, today))).rows,
    today,
  )
  return c.json({
    asOf: today,
    expiredSupport: listOf(expired, ({ day, licenseId, ...one }) => ({ license: licenseId, ...one, endedOn: day })),
    neverActivated: listOf(idle, ({ day, licenseId, ...one }) => ({ license: licenseId, ...one, boughtOn: day })),
    overUsed: listOf(overUsed, ({ keyId, ...one }) => ({ activationKey: keyId, ...one })),
    renewals: listOf(proposals, (one) => one),
  })
}

const listOf = <T, S>({ count, isCut, rows }: Section<T>, shape: (row: T) => S) => ({
  ...{ count, isCut },
  data: rows.map(shape),
})
