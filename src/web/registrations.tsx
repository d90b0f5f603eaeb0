import { Hono } from 'hono'
import { findOwnAccount } from '#src/db/registrations.ts'
import { isId } from '#src/domain/ids.ts'
import { type FieldError, Refused, refuse } from '#src/domain/refusal.ts'
import { type Registering, registeringFrom } from '#src/domain/registrations/registration.ts'
import { afterAnswer } from '#src/http/after-answer.ts'
import { ask } from '#src/http/ask.ts'
import { formBody } from '#src/http/bodies.ts'
import type { HttpContext, HttpEnv } from '#src/http/context.ts'
import { anyone, signedIn } from '#src/http/guards.ts'
import { leaveNotice } from '#src/http/notices.ts'
import { mailRegistration } from '#src/use-cases/registrations/mail-registration.ts'
import { AddPasswordPage } from '#views/pages/register/add-password.tsx'
import { RegisterPage } from '#views/pages/register/register.tsx'
import { paths } from '#views/paths.ts'
import { frameOf, signInFrameOf } from './frame.ts'

/** Registration, and a password for whoever signs in with an order number: both by a mailed link. */
export const registrationPages = new Hono<HttpEnv>()
  .get(paths.register, anyone(), (c) => showForm(c, nobody, []))
  .post(paths.register, anyone(), register)
  .get(paths.newPassword, signedIn(), (c) => showAdd(c))
  .post(paths.newPassword, signedIn(), mailToOwner)

const nobody: Registering = { email: '', firstName: '', lastName: '', company: '', country: '' }

function showForm(c: HttpContext, typed: Registering, errors: readonly FieldError[]) {
  const page = <RegisterPage frame={signInFrameOf(c)} typed={typed} errors={errors} />
  return c.html(page, errors.length > 0 ? 422 : 200)
}

/** Answers before anything is looked up: known and unknown get the same words in the same time (`threats.md`, A1, A2). */
async function register(c: HttpContext) {
  const form = await formBody(c)
  const typed: Registering = {
    ...nobody,
    ...Object.fromEntries(Object.keys(nobody).map((key) => [key, form[key] ?? ''])),
  }
  try {
    const registering = registeringFrom(typed)
    afterAnswer(c, () => mailRegistration(c.var.deps, registering, { address: c.var.address }))
  } catch (error) {
    if (!(error instanceof Refused) || error.refusal.code !== 'invalid-request') throw error
    return showForm(c, typed, error.refusal.errors)
  }
  leaveNotice(c, 'registration-mailed')
  return c.redirect(paths.register, 303)
}

async function showAdd(c: HttpContext, status: 200 | 422 = 200) {
  const { actor, rows } = await ask(c, (reach) => [findOwnAccount(reach)])
  const [[account]] = rows
  if (!account) return refuse({ code: 'not-found' })
  if (actor.loginId !== null) return c.redirect(paths.password, 303)
  const page = <AddPasswordPage frame={frameOf(c, actor)} email={account.email} request={c.var.deps.newId('request')} />
  return c.html(page, status)
}

async function mailToOwner(c: HttpContext) {
  const { request: once = '' } = await formBody(c)
  if (!isId('request', once)) return showAdd(c, 422)
  const { actor, rows } = await ask(c, (reach) => [findOwnAccount(reach)])
  const [[account]] = rows
  if (!account) return refuse({ code: 'not-found' })
  if (actor.loginId !== null) return c.redirect(paths.password, 303)
  const [firstName = account.name, ...rest] = account.name.split(' ')
  const registering = { ...nobody, email: account.email, firstName, lastName: rest.join(' ') || firstName }
  afterAnswer(c, () => mailRegistration(c.var.deps, registering, { address: c.var.address, once }))
  leaveNotice(c, 'password-adding-mailed')
  return c.redirect(paths.home, 303)
}
