import { Hono } from 'hono'
import { listOwnSessions } from '#src/db/sessions.ts'
import { findSettings, type SettingsRow } from '#src/db/settings.ts'
import type { Actor } from '#src/domain/accounts/actor.ts'
import { allows } from '#src/domain/accounts/acts.ts'
import { refuse } from '#src/domain/refusal.ts'
import { type SettingsTab, settingsTabs } from '#src/domain/settings/fields.ts'
import { ask } from '#src/http/ask.ts'
import { formBody } from '#src/http/bodies.ts'
import type { HttpContext, HttpEnv } from '#src/http/context.ts'
import { may, signedIn } from '#src/http/guards.ts'
import { onceOfForm } from '#src/http/idempotency.ts'
import { leaveNotice } from '#src/http/notices.ts'
import { endOwnSessions } from '#src/use-cases/sessions/end-sessions.ts'
import { editableOf, saveSettings } from '#src/use-cases/settings/save-settings.ts'
import { SettingsPage } from '#views/pages/settings/fields.tsx'
import { SessionsPage } from '#views/pages/settings/sessions.tsx'
import { paths } from '#views/paths.ts'
import { type Again, saidBy, versionOf } from './meanwhile.ts'
import { mendable } from './mendable.ts'
import { settingsFrameOf } from './settings-frame.tsx'

/** The settings of oneself and of the account, tab by tab, and where one is signed in. */
export const settingsPages = new Hono<HttpEnv>()
  .get(paths.settings, signedIn(), (c) => show(c, 'personal', null))
  .post(paths.settings, signedIn(), (c) => save(c, 'personal', paths.settings))
  .get(paths.formats, signedIn(), (c) => show(c, 'formats', null))
  .post(paths.formats, signedIn(), (c) => save(c, 'formats', paths.formats))
  .get(paths.company, may('account.follow'), (c) => show(c, 'company', null))
  .post(paths.company, may('account.edit'), (c) => save(c, 'company', paths.company))
  .get(paths.billingContact, may('account.follow'), (c) => show(c, 'billing-contact', null))
  .post(paths.billingContact, may('account.edit'), (c) => save(c, 'billing-contact', paths.billingContact))
  .get(paths.ownSessions, signedIn(), showSessions)
  .post('/settings/sessions/:id/ends', signedIn(), endOne)
  .post(paths.otherSessionsEnds, signedIn(), endOthers)

const isOfLogin = (tab: SettingsTab): boolean => tab === 'personal' || tab === 'formats'

async function show(c: HttpContext, tab: SettingsTab, again: Again | null) {
  const { actor, rows } = await ask(c, (reach) => [findSettings(reach)])
  const [[row]] = rows
  if (!row || (isOfLogin(tab) && !row.login)) return refuse({ code: 'forbidden' })
  const { account, login } = row
  const fields = editableOf(actor, settingsTabs[tab])
  const draft = {
    values: again?.form ?? { ...account, ...login, name: account.name, email: '' },
    versions: {
      account: versionOf(again, again?.form.version, account.version),
      login: login && versionOf(again, again?.form.loginVersion, login.version),
    },
    ...{ request: c.var.deps.newId('request'), now: c.var.deps.now() },
    errors: saidBy(again, { ...login, ...account }, fields),
  }
  const page = (
    <SettingsPage
      frame={settingsFrameOf(c, actor)}
      tab={tab}
      fields={fields}
      fixed={tab === 'personal' ? fixedOf(actor, row) : []}
      draft={draft as never}
    />
  )
  return c.html(page, again?.status ?? 200)
}

function fixedOf(actor: Actor, { login }: SettingsRow) {
  if (!login) return []
  return [
    { label: 'Login', value: login.login ?? login.email },
    { label: 'E-mail', value: login.email, href: paths.email, act: 'Change' },
    ...(allows(actor, 'api-key.read')
      ? [{ label: 'API secret key', value: 'kept under API keys', href: paths.apiKeys, act: 'Open' }]
      : []),
  ]
}

async function save(c: HttpContext, tab: SettingsTab, path: string) {
  const form = await formBody(c)
  const versions = { account: Number(form.version), login: Number(form.loginVersion) }
  try {
    const edit = { fields: settingsTabs[tab], typed: form, versions }
    await saveSettings(c.var.deps, c.var.asking, edit, await onceOfForm(c, form))
  } catch (error) {
    return show(c, tab, { form, ...mendable(error) })
  }
  leaveNotice(c, 'settings-saved')
  return c.redirect(path, 303)
}

async function showSessions(c: HttpContext) {
  const { actor, rows } = await ask(c, (reach) => [listOwnSessions(reach, c.var.deps.now())])
  const page = (
    <SessionsPage
      frame={settingsFrameOf(c, actor)}
      sessions={rows[0]}
      current={actor.credential.id}
      hasPassword={actor.loginId !== null}
    />
  )
  return c.html(page)
}

async function endOne(c: HttpContext) {
  await endOwnSessions(c.var.deps, c.var.asking, { id: c.req.param('id') ?? '' })
  leaveNotice(c, 'session-ended')
  return c.redirect(paths.ownSessions, 303)
}

async function endOthers(c: HttpContext) {
  await endOwnSessions(c.var.deps, c.var.asking, 'others')
  leaveNotice(c, 'sessions-ended')
  return c.redirect(paths.ownSessions, 303)
}
