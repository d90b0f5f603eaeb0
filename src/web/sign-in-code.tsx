import { Hono } from 'hono'
import { type FieldError, type Refusal, Refused } from '#src/domain/refusal.ts'
import { formBody } from '#src/http/bodies.ts'
import type { HttpContext, HttpEnv } from '#src/http/context.ts'
import { dropCookie, readCookie } from '#src/http/cookies.ts'
import { anyone } from '#src/http/guards.ts'
import { leaveNotice } from '#src/http/notices.ts'
import { openCodeStep } from '#src/use-cases/sign-in/code-step.ts'
import { proveCode } from '#src/use-cases/sign-in/prove-code.ts'
import { CodePage } from '#views/pages/sign-in/code.tsx'
import { paths } from '#views/paths.ts'
import { waitInWords } from '#views/wait-words.ts'
import { admit, originOf } from './admission.ts'
import { signInFrameOf } from './frame.ts'

/** The code of the second factor, asked of whoever has shown the first. */
export const signInCodePages = new Hono<HttpEnv>()
  .get(paths.signInCode, anyone(), show)
  .post(paths.signInCode, anyone(), prove)

const stepOf = async (c: HttpContext) => {
  const token = readCookie(c, 'code')
  return token ? openCodeStep(c.var.deps, token) : null
}

const startAgain = (c: HttpContext) => {
  if (readCookie(c, 'code')) dropCookie(c, 'code')
  leaveNotice(c, 'sign-in-expired')
  return c.redirect(paths.signIn, 303)
}

async function show(c: HttpContext) {
  const step = await stepOf(c)
  return step ? answer(c, step.who.name, []) : c.redirect(paths.signIn, 303)
}

const answer = (c: HttpContext, name: string, errors: readonly FieldError[], status: 200 | 422 | 429 = 200) =>
  c.html(<CodePage frame={signInFrameOf(c)} name={name} errors={errors} />, status)

async function prove(c: HttpContext) {
  const { code = '' } = await formBody(c)
  const step = await stepOf(c)
  if (!step) return startAgain(c)
  try {
    await admit(c, await proveCode(c.var.deps, step, code, originOf(c)))
    return c.redirect(step.next, 303)
  } catch (error) {
    if (!(error instanceof Refused)) throw error
    if (error.refusal.code === 'sign-in-expired') return startAgain(c)
    const detail = detailOf(error.refusal)
    if (!detail) throw error
    if ('retryAfter' in error.refusal) c.header('Retry-After', String(error.refusal.retryAfter))
    const errors = [{ pointer: 'code', code: error.refusal.code, detail }]
    return answer(c, step.who.name, errors, error.refusal.code === 'too-many-requests' ? 429 : 422)
  }
}

function detailOf(refusal: Refusal): string | null {
  if (refusal.code === 'wrong-code') {
    return 'This is not the code that your app shows now, or it was used already. Wait for the next one, or use a recovery code'
  }
  if (refusal.code !== 'too-many-requests') return null
  return `There were too many tries. Wait ${waitInWords(refusal.retryAfter)}`
}
