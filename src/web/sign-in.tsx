import { Hono } from 'hono'
import { Refused } from '#src/domain/refusal.ts'
import { stepSeconds } from '#src/domain/sign-in/session.ts'
import { afterAnswer } from '#src/http/after-answer.ts'
import { formBody } from '#src/http/bodies.ts'
import type { HttpContext, HttpEnv } from '#src/http/context.ts'
import { dropCookie, readCookie, writeCookie } from '#src/http/cookies.ts'
import { anyone, oneself } from '#src/http/guards.ts'
import { leaveNotice } from '#src/http/notices.ts'
import { mailSignInLink } from '#src/use-cases/sign-in/mail-sign-in-link.ts'
import { proveSignIn } from '#src/use-cases/sign-in/prove-sign-in.ts'
import { signOut } from '#src/use-cases/sign-in/sign-out.ts'
import { openStep, type Step, startSignIn, stepToken } from '#src/use-cases/sign-in/start-sign-in.ts'
import { IdentifyPage } from '#views/pages/sign-in/identify.tsx'
import { ProvePage } from '#views/pages/sign-in/prove.tsx'
import { paths } from '#views/paths.ts'
import { deviceFor, goOn, originOf } from './admission.ts'
import { signInFrameOf } from './frame.ts'
import { ownPath } from './own-path.ts'

/** Sign-in in two steps, and sign-out. */
export const signInPages = new Hono<HttpEnv>()
  .get(paths.signIn, anyone(), (c) => showIdentify(c, '', ownPath(c.req.query('next')), []))
  .post(paths.signIn, anyone(), identify)
  .get(paths.signInProof, anyone(), showProof)
  .post(paths.signInProof, anyone(), prove)
  .post(paths.signInLinks, anyone(), mailLink)
  .post(paths.signOut, oneself(), leave)

type Errors = Parameters<typeof IdentifyPage>[0]['errors']

function showIdentify(c: HttpContext, identifier: string, next: string, errors: Errors, status: 200 | 400 | 422 = 200) {
  return c.html(<IdentifyPage frame={signInFrameOf(c)} identifier={identifier} next={next} errors={errors} />, status)
}

async function identify(c: HttpContext) {
  const { identifier = '', next } = await formBody(c)
  try {
    writeCookie(c, 'step', await startSignIn(c.var.deps, identifier, ownPath(next)), stepSeconds)
    return c.redirect(paths.signInProof, 303)
  } catch (error) {
    if (!(error instanceof Refused) || error.refusal.code !== 'invalid-request') throw error
    return showIdentify(c, identifier.slice(0, 300), ownPath(next), error.refusal.errors, 422)
  }
}

const stepOf = async (c: HttpContext): Promise<Step | null> => {
  const token = readCookie(c, 'step')
  return token ? openStep(c.var.deps, token) : null
}

async function showProof(c: HttpContext) {
  const step = await stepOf(c)
  if (!step) return c.redirect(paths.signIn, 303)
  const { kind, text } = step.identifier
  return c.html(<ProvePage frame={signInFrameOf(c)} identifier={text} kind={kind} remember errors={[]} />)
}

const startAgain = (c: HttpContext) =>
  showIdentify(
    c,
    '',
    '/',
    [{ pointer: 'identifier', code: 'expired', detail: 'The sign-in took too long. Start again' }],
    400,
  )

async function prove(c: HttpContext) {
  const { proof = '', remember } = await formBody(c)
  const step = await stepOf(c)
  if (!step) return startAgain(c)
  try {
    const deviceId = await deviceFor(c, step.identifier.key)
    const given = { step, proof, remember: remember !== undefined, deviceId }
    return await goOn(c, await proveSignIn(c.var.deps, given, originOf(c)), step.next)
  } catch (error) {
    if (!(error instanceof Refused)) throw error
    if (error.refusal.code === 'sign-in-expired') return startAgain(c)
    if (error.refusal.code !== 'sign-in-failed') throw error
    return showProofAgain(c, step, remember !== undefined)
  }
}

async function showProofAgain(c: HttpContext, step: Step, remember: boolean) {
  const { kind, text } = step.identifier
  writeCookie(c, 'step', await stepToken(c.var.deps, text, step.next), stepSeconds)
  const detail =
    kind === 'email'
      ? 'This e-mail and order number or password do not match, or there were too many tries. Check both, wait a quarter of an hour, or have a sign-in link mailed to you'
      : 'This login and password do not match, or there were too many tries. Check both, wait a quarter of an hour, or have a sign-in link mailed to you'
  const errors = [{ pointer: 'proof', code: 'sign-in-failed', detail }]
  return c.html(
    <ProvePage frame={signInFrameOf(c)} identifier={text} kind={kind} remember={remember} errors={errors} />,
    422,
  )
}

async function mailLink(c: HttpContext) {
  const step = await stepOf(c)
  if (!step) return startAgain(c)
  const { deps, address, requestId } = c.var
  afterAnswer(c, () => mailSignInLink(deps, step.identifier, { address, requestId }))
  leaveNotice(c, 'link-sent')
  return c.redirect(paths.signInProof, 303)
}

async function leave(c: HttpContext) {
  await signOut(c.var.deps, c.var.asking)
  dropCookie(c, 'session')
  c.header('Clear-Site-Data', '"cache"')
  leaveNotice(c, 'signed-out')
  return c.redirect(paths.signIn, 303)
}
