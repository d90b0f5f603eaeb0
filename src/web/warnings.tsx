import { Hono } from 'hono'
import { findWarningChoice } from '#src/db/warnings.ts'
import { refuse } from '#src/domain/refusal.ts'
import { type Lead, leadInWords } from '#src/domain/warnings/leads.ts'
import { ask } from '#src/http/ask.ts'
import { formBody, formValues } from '#src/http/bodies.ts'
import type { HttpContext, HttpEnv } from '#src/http/context.ts'
import { may } from '#src/http/guards.ts'
import { onceOfForm } from '#src/http/idempotency.ts'
import { leaveNotice } from '#src/http/notices.ts'
import { chooseWarnings } from '#src/use-cases/warnings/choose-warnings.ts'
import { WarningsPage } from '#views/pages/settings/warnings.tsx'
import { paths } from '#views/paths.ts'
import { type Again, saidBy, versionOf } from './meanwhile.ts'
import { mendable } from './mendable.ts'
import { settingsFrameOf } from './settings-frame.tsx'

/** When the account is warned of ends (R307). */
export const warningPages = new Hono<HttpEnv>()
  .get(paths.warnings, may('account.follow'), (c) => show(c, null))
  .post(paths.warnings, may('account.edit'), save)

type Typed = Again & { readonly leads: readonly number[]; readonly weeklyDigest: boolean | undefined }

async function show(c: HttpContext, again: Typed | null) {
  const { actor, rows } = await ask(c, (reach) => [findWarningChoice(reach)])
  const [[row]] = rows
  if (!row) return refuse({ code: 'not-found' })
  const page = (
    <WarningsPage
      frame={settingsFrameOf(c, actor)}
      email={row.email}
      leads={again?.leads ?? row.leads}
      weeklyDigest={row.kind === 'customer' ? null : (again?.weeklyDigest ?? row.weeklyDigest)}
      version={versionOf(again, again?.form.version, row.version)}
      request={c.var.deps.newId('request')}
      errors={saidBy(again && { ...again, form: inWords(again) }, inWords(row), Object.keys(inWords(row)))}
    />
  )
  return c.html(page, again?.status ?? 200)
}

/** A choice in the words of the form, by its fields. */
const inWords = ({ leads, weeklyDigest }: { leads: readonly number[]; weeklyDigest: boolean | undefined }) => ({
  leads: leads.length === 0 ? 'no warnings' : leads.map((lead) => leadInWords(lead as Lead)).join(', '),
  ...(weeklyDigest === undefined ? {} : { weeklyDigest: weeklyDigest ? 'each Monday' : 'no weekly letter' }),
})

async function save(c: HttpContext) {
  const form = await formBody(c)
  const leads = (await formValues(c, 'lead')).map(Number)
  const version = Number(form.version)
  const weeklyDigest = form.sells === 'true' ? form.weeklyDigest === 'true' : undefined
  try {
    await chooseWarnings(c.var.deps, c.var.asking, { version, leads, weeklyDigest }, await onceOfForm(c, form))
  } catch (error) {
    return show(c, { form, leads, weeklyDigest, ...mendable(error) })
  }
  leaveNotice(c, 'settings-saved')
  return c.redirect(paths.warnings, 303)
}
