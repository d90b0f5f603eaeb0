import { Hono } from 'hono'
import * as z from 'zod'
import type { HttpContext, HttpEnv } from '#src/http/context.ts'
import { may } from '#src/http/guards.ts'
import { apiKeyList } from '#src/http/lists/api-keys.ts'
import { revokeApiKey } from '#src/use-cases/api-keys/revoke-api-key.ts'
import { answerList, listQuery, pageFields } from './lists.ts'
import { apiKeyColumns, apiKeyShape } from './shapes/api-key.ts'

/** The query of the list of API keys. */
export const apiKeyQuery = z.strictObject(pageFields)

/** Calls about API keys, for a key that acts as the master login. A key is made by a person alone, in the portal. */
export const apiKeyCalls = new Hono<HttpEnv>()
  .get('/api/v1/api-keys', may('api-key.read'), list)
  .delete('/api/v1/api-keys/:id', may('api-key.edit'), revoke)

function list(c: HttpContext) {
  const { limit, cursor, format } = listQuery(c, apiKeyQuery)
  const now = c.var.deps.now()
  const answer = { name: 'api-keys', format, shape: apiKeyShape(now), columns: apiKeyColumns(now) }
  return answerList(c, apiKeyList(), { ...answer, page: { limit, cursor: cursor ?? null } })
}

/** Ends a key at once, the calling one too; one that works no more stays as it is. */
async function revoke(c: HttpContext) {
  await revokeApiKey(c.var.deps, c.var.asking, c.req.param('id') ?? '')
  return c.body(null, 204)
}
