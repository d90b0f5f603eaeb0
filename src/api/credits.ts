import { Hono } from 'hono'
import * as z from 'zod'
import type { HttpContext, HttpEnv } from '#src/http/context.ts'
import { ledgerFilterSchema } from '#src/http/filters.ts'
import { may } from '#src/http/guards.ts'
import { balanceList, ledgerList } from '#src/http/lists/credits.ts'
import { answerList, listQuery, pageFields } from './lists.ts'
import { balanceColumns, balanceShape, entryColumns, entryShape } from './shapes/credit.ts'

/** The query of the balances; a page of them holds more than of other lists, since few accounts have as many offers. */
export const creditQuery = z.strictObject({
  account: ledgerFilterSchema.shape.account,
  ...pageFields,
  limit: pageFields.limit.removeDefault().default(100),
})

/** The query of the ledger. */
export const creditEntryQuery = z.strictObject({ ...ledgerFilterSchema.shape, ...pageFields })

/** Calls about credits. */
export const creditCalls = new Hono<HttpEnv>()
  .get('/api/v1/credits', may('credit.read'), listBalances)
  .get('/api/v1/credit-entries', may('credit.read'), listEntries)

/** What the account of the key, or one below it, holds of each offer. */
function listBalances(c: HttpContext) {
  const { account, limit, cursor, format } = listQuery(c, creditQuery)
  const page = { limit, cursor: cursor ?? null }
  const answer = { name: 'credits', page, format, shape: balanceShape, columns: balanceColumns }
  return answerList(c, balanceList(account), answer)
}

/** The ledger of the account of the key, or of one below it, newest first. */
function listEntries(c: HttpContext) {
  const { limit, cursor, format, ...filter } = listQuery(c, creditEntryQuery)
  const page = { limit, cursor: cursor ?? null }
  const answer = { name: 'credit-entries', page, format, shape: entryShape, columns: entryColumns }
  return answerList(c, ledgerList(filter), answer)
}
