import { Hono } from 'hono'
import { findFactorIn, findOwnFactor } from '#src/db/two-factor.ts'
import { type FieldError, type Refusal, Refused, refuse } from '#src/domain/refusal.ts'
import { hasSecondFactor } from '#src/domain/sign-in/two-factor.ts'
import { qrOf } from '#src/gateways/qr.ts'
import { secretInWords, totpSecretOf, totpUri } from '#src/gateways/totp.ts'
import { ask } from '#src/http/ask.ts'
import { formBody } from '#src/http/bodies.ts'
import type { HttpContext, HttpEnv } from '#src/http/context.ts'
import { dropCookie, readCookie, writeCookie } from '#src/http/cookies.ts'
import { may, oneself } from '#src/http/guards.ts'
import { onceOfForm } from '#src/http/idempotency.ts'
import { leaveNotice } from '#src/http/notices.ts'
import { sensitively } from '#src/http/sensitive.ts'
import { statuses } from '#src/http/statuses.ts'
import { codesOf } from '#src/use-cases/two-factor/recovery-codes.ts'
import { renewCodes } from '#src/use-cases/two-factor/renew-codes.ts'
import { requireFactor } from '#src/use-cases/two-factor/require-factor.ts'
import { resetSecondFactor } from '#src/use-cases/two-factor/reset-factor.ts'
import { switchOff } from '#src/use-cases/two-factor/switch-off.ts'
import { switchOn } from '#src/use-cases/two-factor/switch-on.ts'
import { FactorResetPage } from '#views/pages/settings/factor-reset.tsx'
import { TwoFactorPage } from '#views/pages/settings/two-factor.tsx'
import { paths } from '#views/paths.ts'
import { settingsFrameOf } from './settings-frame.tsx'

/** The second factor of one's own login, and what the master says about those of others. */
export const twoFactorPages = new Hono<HttpEnv>()
  .get(paths.twoFactor, oneself(), (c) => show(c, null, []))
  .post(paths.twoFactor, sensitively('oneself'), turnOn)
  .post(paths.twoFactorRemoval, sensitively('oneself'), turnOff)
  .post(paths.recoveryCodes, sensitively('oneself'), renew)
  .post(paths.twoFactorRequirement, sensitively('two-factor.oversee'), demand)
  .get('/settings/logins/:id/two-factor-reset', may('two-factor.oversee'), showReset)
  .post('/settings/logins/:id/two-factor-resets', sensitively('two-factor.oversee'), reset)

type Status = 200 | 409 | 422 | 429

/** `seed` is what the secret of a form that comes back was derived from. */
async function show(c: HttpContext, seed: string | null, errors: readonly FieldError[], status: Status = 200) {
  const { actor, rows } = await ask(c, (reach) => [findOwnFactor(reach)])
  const [[login]] = rows
  if (!login) return refuse({ code: 'forbidden' })
  const { deps } = c.var
  const on = hasSecondFactor(login, deps.now())
  return c.html(
    <TwoFactorPage
      frame={settingsFrameOf(c, actor)}
      due={actor.mustAddFactor}
      since={on ? login.totpSince : null}
      resetAt={on ? login.totpResetAt : null}
      codesLeft={login.codesLeft}
      codes={on ? await takeCodes(c) : null}
      setup={on ? null : await setupOf(c, login, seed ?? deps.newId('request'))}
      required={login.required}
      oversees={actor.isMaster}
      request={deps.newId('request')}
      errors={errors}
    />,
    status,
  )
}

async function setupOf(
  c: HttpContext,
  login: { id: `log_${string}`; login: string | null; email: string },
  seed: string,
) {
  const { secrets, settings } = c.var.deps
  const secret = await totpSecretOf(secrets, login.id, seed)
  const uri = await totpUri(secret, settings.vendorName, login.login ?? login.email)
  return { seed, secret: await secretInWords(secret), qr: await qrOf(uri) }
}

/** What names the codes of a form; the cookie holds the form's id, which is worth nothing without the session. */
const setIdOf = (c: HttpContext, request: string): string => `${c.var.asking.credential.id} ${request}`

async function takeCodes(c: HttpContext): Promise<readonly string[] | null> {
  const request = readCookie(c, 'codes')
  if (request === undefined) return null
  dropCookie(c, 'codes')
  return codesOf(c.var.deps, setIdOf(c, request))
}

async function turnOn(c: HttpContext) {
  const form = await formBody(c)
  const { seed = '', code = '', request = '' } = form
  try {
    const wanted = { seed, code, setId: setIdOf(c, request) }
    await switchOn(c.var.deps, c.var.asking, wanted, await onceOfForm(c, form))
  } catch (error) {
    const errors = error instanceof Refused ? errorsOf(error.refusal) : null
    if (!errors) throw error
    return show(c, seed, errors, statuses[(error as Refused).refusal.code] as Status)
  }
  writeCookie(c, 'codes', request, 300)
  leaveNotice(c, 'two-factor-on')
  return c.redirect(paths.twoFactor, 303)
}

function errorsOf({ code }: Refusal): readonly FieldError[] | null {
  if (code === 'wrong-code') {
    return [{ pointer: 'code', code, detail: 'This is not the code that your app shows now. Type the one it shows' }]
  }
  if (code !== 'too-many-requests') return null
  return [{ pointer: 'code', code, detail: 'There were too many tries. Wait ten minutes' }]
}

async function turnOff(c: HttpContext) {
  try {
    await switchOff(c.var.deps, c.var.asking)
  } catch (error) {
    if (!(error instanceof Refused) || error.refusal.code !== 'second-factor-required') throw error
    const detail = 'Your account wants two-factor for every login, so it stays on'
    return show(c, null, [{ pointer: '', code: error.refusal.code, detail }], 409)
  }
  leaveNotice(c, 'two-factor-off')
  return c.redirect(paths.twoFactor, 303)
}

async function renew(c: HttpContext) {
  const form = await formBody(c)
  const { request = '' } = form
  await renewCodes(c.var.deps, c.var.asking, setIdOf(c, request), await onceOfForm(c, form))
  writeCookie(c, 'codes', request, 300)
  return c.redirect(paths.twoFactor, 303)
}

async function demand(c: HttpContext) {
  const { required } = await formBody(c)
  await requireFactor(c.var.deps, c.var.asking, required !== undefined)
  leaveNotice(c, required === undefined ? 'two-factor-optional' : 'two-factor-required')
  return c.redirect(paths.twoFactor, 303)
}

async function showReset(c: HttpContext) {
  const id = c.req.param('id') ?? ''
  const { actor, rows } = await ask(c, (reach) => [findFactorIn(reach, id)])
  const [[login]] = rows
  if (!login) return refuse({ code: 'not-found' })
  const action = login.isMaster ? null : paths.twoFactorResets(login.id)
  return c.html(
    <FactorResetPage frame={settingsFrameOf(c, actor)} action={action} login={login} now={c.var.deps.now()} />,
  )
}

async function reset(c: HttpContext) {
  await resetSecondFactor(c.var.deps, c.var.asking, c.req.param('id') ?? '')
  leaveNotice(c, 'two-factor-reset')
  return c.redirect(paths.twoFactorReset(c.req.param('id') ?? ''), 303)
}
