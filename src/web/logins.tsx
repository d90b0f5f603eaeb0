import { Hono } from 'hono'
import { listEmailChanges } from '#src/db/email-changes.ts'
import { findLogin, listInvitations, listLogins } from '#src/db/sub-logins.ts'
import { mostLogins } from '#src/domain/logins/login.ts'
import { type FieldError, type Refusal, Refused, refuse } from '#src/domain/refusal.ts'
import { ask } from '#src/http/ask.ts'
import { formBody } from '#src/http/bodies.ts'
import type { HttpContext, HttpEnv } from '#src/http/context.ts'
import { may, signedIn } from '#src/http/guards.ts'
import { onceOfForm } from '#src/http/idempotency.ts'
import { leaveNotice } from '#src/http/notices.ts'
import { sensitively } from '#src/http/sensitive.ts'
import { statuses } from '#src/http/statuses.ts'
import { changeRole } from '#src/use-cases/logins/change-role.ts'
import { inviteLogin } from '#src/use-cases/logins/invite-login.ts'
import { removeLogin } from '#src/use-cases/logins/remove-login.ts'
import { resendInvitation, withdrawInvitation } from '#src/use-cases/logins/resend-invitation.ts'
import { LoginPage } from '#views/pages/logins/details.tsx'
import { LoginsPage } from '#views/pages/logins/list.tsx'
import { type LoginDraft, NewLoginPage } from '#views/pages/logins/new.tsx'
import { RolesPage } from '#views/pages/roles/matrix.tsx'
import { paths } from '#views/paths.ts'
import { settingsFrameOf } from './settings-frame.tsx'

/** The logins of the account, for its master login, and what each role may do, for everybody. */
export const loginPages = new Hono<HttpEnv>()
  .get(paths.roles, signedIn(), showRoles)
  .get(paths.logins, may('login.read'), (c) => showList(c))
  .get(paths.newLogin, may('login.edit'), (c) => showForm(c, emptyDraft(c)))
  .post(paths.logins, sensitively('login.edit'), invite)
  .get('/settings/logins/:id', may('login.edit'), (c) => showLogin(c, []))
  .post('/settings/logins/:id', sensitively('login.edit'), saveRole)
  .post('/settings/logins/:id/removals', sensitively('login.edit'), remove)
  .post('/settings/invitations/:id/letters', may('login.edit'), mailAgain)
  .post('/settings/invitations/:id/withdrawals', may('login.edit'), withdraw)

const idIn = (c: HttpContext): string => c.req.param('id') ?? ''

async function showRoles(c: HttpContext) {
  const { actor } = await ask(c, () => [])
  return c.html(<RolesPage frame={settingsFrameOf(c, actor)} accountKind={actor.accountKind} role={actor.role} />)
}

async function showList(c: HttpContext, errors: readonly FieldError[] = [], status: Status = 200) {
  const { actor, rows } = await ask(c, (reach) => [
    listLogins(reach, { limit: mostLogins }),
    listInvitations(reach, mostLogins),
  ])
  const { deps } = c.var
  const list = { logins: rows[0], invitations: rows[1], now: deps.now(), request: deps.newId('request'), errors }
  return c.html(<LoginsPage frame={settingsFrameOf(c, actor)} {...list} />, status)
}

const emptyDraft = (c: HttpContext): LoginDraft => ({
  ...{ email: '', role: 'read-servers', errors: [] },
  request: c.var.deps.newId('request'),
})

async function showForm(c: HttpContext, draft: LoginDraft, status: Status = 200) {
  const { actor } = await ask(c, () => [])
  return c.html(<NewLoginPage frame={settingsFrameOf(c, actor)} draft={draft} />, status)
}

async function invite(c: HttpContext) {
  const form = await formBody(c)
  const { email = '', role = '' } = form
  try {
    await inviteLogin(c.var.deps, c.var.asking, { email, role }, await onceOfForm(c, form))
  } catch (error) {
    const { errors, status } = saidOf(error)
    return showForm(c, { email, role, request: c.var.deps.newId('request'), errors }, status)
  }
  leaveNotice(c, 'invitation-mailed')
  return c.redirect(paths.logins, 303)
}

type Status = 200 | 409 | 412 | 422 | 429

async function showLogin(c: HttpContext, errors: readonly FieldError[], role?: string, status: Status = 200) {
  const { actor, rows } = await ask(c, (reach) => [
    findLogin(reach, idIn(c)),
    listEmailChanges(reach, c.var.deps.now(), { limit: mostLogins }),
  ])
  const [[login], changes] = rows
  if (!login) return refuse({ code: 'not-found' })
  const { deps } = c.var
  const change = changes.find(({ loginId }) => loginId === login.id) ?? null
  const page = { login, change, role: role ?? login.role, now: deps.now(), request: deps.newId('request'), errors }
  return c.html(<LoginPage frame={settingsFrameOf(c, actor)} {...page} />, status)
}

async function saveRole(c: HttpContext) {
  const form = await formBody(c)
  const { role = '', version } = form
  try {
    const change = { id: idIn(c), version: Number(version), role }
    await changeRole(c.var.deps, c.var.asking, change, await onceOfForm(c, form))
  } catch (error) {
    const { errors, status } = saidOf(error)
    return showLogin(c, errors, role, status)
  }
  leaveNotice(c, 'role-changed')
  return c.redirect(paths.logins, 303)
}

async function remove(c: HttpContext) {
  const { version } = await formBody(c)
  try {
    await removeLogin(c.var.deps, c.var.asking, { id: idIn(c), version: Number(version) })
  } catch (error) {
    const { errors, status } = saidOf(error)
    return showLogin(c, errors, undefined, status)
  }
  leaveNotice(c, 'login-removed')
  return c.redirect(paths.logins, 303)
}

async function mailAgain(c: HttpContext) {
  const form = await formBody(c)
  const meant = { id: idIn(c), version: Number(form.version) }
  try {
    await resendInvitation(c.var.deps, c.var.asking, meant, await onceOfForm(c, form))
  } catch (error) {
    const { errors, status } = saidOf(error)
    return showList(
      c,
      errors.map((one) => ({ ...one, pointer: '' })),
      status,
    )
  }
  leaveNotice(c, 'invitation-mailed')
  return c.redirect(paths.logins, 303)
}

async function withdraw(c: HttpContext) {
  const { version } = await formBody(c)
  await withdrawInvitation(c.var.deps, c.var.asking, idIn(c), Number(version))
  leaveNotice(c, 'invitation-withdrawn')
  return c.redirect(paths.logins, 303)
}

/** What a refusal says in a form, and its status; what no form can mend goes on to the page's translator. */
function saidOf(error: unknown): { errors: readonly FieldError[]; status: Status } {
  const refusal = error instanceof Refused ? error.refusal : null
  const errors = refusal && errorsOf(refusal)
  if (!refusal || !errors) throw error
  return { errors, status: statuses[refusal.code] as Status }
}

function errorsOf(refusal: Refusal): readonly FieldError[] | null {
  const at = (pointer: string, detail: string): FieldError[] => [{ pointer, code: refusal.code, detail }]
  switch (refusal.code) {
    case 'invalid-request':
      return refusal.errors
    case 'login-there':
      return at('email', 'This e-mail is a login of your account already. Change its role instead')
    case 'invited-already':
      return at('email', 'This e-mail is invited already. Mail the invitation again, or withdraw it first')
    case 'too-many-requests':
      return at('email', 'This address was mailed five times within the hour. Wait an hour before the next letter')
    case 'too-many-logins':
      return at('', 'Your account has as many logins and invitations as it may. Remove one that is not used')
    case 'master-login':
      return at('', 'The master login keeps its full access and cannot be removed')
    case 'last-full-access':
      return at('', 'This is the last login with full access. Give another one full access first')
    case 'version-mismatch':
      return at('', 'Somebody changed this meanwhile. Look at it again below')
    default:
      return null
  }
}
