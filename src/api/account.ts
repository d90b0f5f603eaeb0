import { Hono } from 'hono'
import * as z from 'zod'
import { findSettings, type SettingsRow } from '#src/db/settings.ts'
import { refuse } from '#src/domain/refusal.ts'
import { type AccountField, accountFields } from '#src/domain/settings/fields.ts'
import { ask } from '#src/http/ask.ts'
import type { HttpContext, HttpEnv } from '#src/http/context.ts'
import { etagOf, isHeld, versionToMatch } from '#src/http/etags.ts'
import { may } from '#src/http/guards.ts'
import { bodyOf } from '#src/http/input.ts'
import { saveSettings } from '#src/use-cases/settings/save-settings.ts'

const text = z.string('This is a text, in quotes').max(400).optional()

/** The body of a change of the account; what is left out stays. */
export const accountBody = z.strictObject(
  Object.fromEntries(accountFields.map((field) => [field, text])) as Record<AccountField, typeof text>,
)

/** Calls about the account itself. */
export const accountCalls = new Hono<HttpEnv>()
  .get('/api/v1/account', may('account.follow'), show)
  .patch('/api/v1/account', may('account.edit'), change)

const shapeOf = ({ account: { version: _version, ...account } }: SettingsRow) => account

/** The account of the key, with its `ETag`. */
async function show(c: HttpContext) {
  const [[row]] = (await ask(c, (reach) => [findSettings(reach)])).rows
  if (!row) return refuse({ code: 'not-found' })
  const etag = etagOf(row.account.version)
  c.header('ETag', etag)
  return isHeld(c, etag) ? c.body(null, 304) : c.json(shapeOf(row))
}

/** Changes some fields of the version named in `If-Match`; answers the new version. */
async function change(c: HttpContext) {
  const typed = await bodyOf(c, accountBody)
  const fields = accountFields.filter((field) => typed[field] !== undefined)
  const versions = { account: versionToMatch(c), login: 'any' as const }
  const version = await saveSettings(c.var.deps, c.var.asking, { fields, typed, versions }, null)
  c.header('ETag', etagOf(version))
  return c.json({ version })
}
