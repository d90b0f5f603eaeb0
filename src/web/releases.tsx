import { Hono } from 'hono'
import { listCountedReleases } from '#src/db/releases.ts'
import { findRunningOn } from '#src/db/running.ts'
import { nextCheckIn } from '#src/domain/computers/check-in.ts'
import { releaseBudget, releasesCountFrom } from '#src/domain/computers/release-budget.ts'
import { type FieldError, Refused, refuse } from '#src/domain/refusal.ts'
import { afterAnswer } from '#src/http/after-answer.ts'
import { ask } from '#src/http/ask.ts'
import { formBody } from '#src/http/bodies.ts'
import type { HttpContext, HttpEnv } from '#src/http/context.ts'
import { anyone, may } from '#src/http/guards.ts'
import { onceOfForm } from '#src/http/idempotency.ts'
import { leaveNotice } from '#src/http/notices.ts'
import { formatsOf } from '#src/http/own-formats.tsx'
import { statuses } from '#src/http/statuses.ts'
import { releaseActivation } from '#src/use-cases/computers/release-activation.ts'
import { askForRelease } from '#src/use-cases/releases/ask-for-release.ts'
import { mailReleaseLinks } from '#src/use-cases/releases/mail-release-links.ts'
import { LostComputerPage } from '#views/pages/releases/lost.tsx'
import { ReleasePage } from '#views/pages/releases/new.tsx'
import { releaseErrors } from '#views/pages/releases/words.ts'
import { paths } from '#views/paths.ts'
import { frameOf, signInFrameOf } from './frame.ts'

/** Releases: of the computer of a license, and of one that was lost. */
export const releasePages = new Hono<HttpEnv>()
  .get('/licenses/:id/releases/new', may('computer.release'), (c) => askFirst(c, '', []))
  .post('/licenses/:id/releases', may('computer.release'), release)
  .post('/licenses/:id/release-requests', may('computer.release'), askSeller)
  .get(paths.lostComputer, anyone(), (c) => answerLost(c, []))
  .post(paths.releases, anyone(), mailLinks)

const idIn = (c: HttpContext): string => c.req.param('id') ?? ''
const day = 86_400_000

async function askFirst(c: HttpContext, reason: string, errors: readonly FieldError[], status: 200 | 409 | 422 = 200) {
  const now = c.var.deps.now()
  const { actor, rows } = await ask(c, (reach) => [
    findRunningOn(reach, idIn(c)),
    listCountedReleases(idIn(c), releasesCountFrom(now)),
  ])
  const [[running], counted] = rows
  if (!running?.serial) return refuse({ code: 'not-found' })
  const seenNext = nextCheckIn(running.lastCheckInAt ?? now, running)
  return c.html(
    <ReleasePage
      frame={frameOf(c, actor)}
      licenseId={idIn(c)}
      serial={running.serial}
      activationId={running.id}
      computer={running.computerName}
      productName={running.productName}
      budget={
        actor.accountKind === 'customer'
          ? releaseBudget(
              counted.map(({ at }) => at),
              running,
              now,
            )
          : null
      }
      cooldownHours={running.releaseCooldownHours}
      stopsBy={new Date(Math.max(now.getTime(), seenNext.getTime() + running.checkInGraceDays * day))}
      request={c.var.deps.newId('request')}
      reason={reason}
      errors={errors}
    />,
    status,
  )
}

/** The form again with what was refused; anything that it cannot show goes on. */
function askAgain(c: HttpContext, error: unknown, reason = '') {
  const refusal = error instanceof Refused ? error.refusal : null
  const errors = refusal && releaseErrors(refusal, formatsOf(c))
  if (!refusal || !errors || refusal.code === 'not-found') throw error
  return askFirst(c, reason, errors, statuses[refusal.code] as 409 | 422)
}

async function release(c: HttpContext) {
  const form = await formBody(c)
  try {
    await releaseActivation(c.var.deps, c.var.asking, form.activation ?? '', await onceOfForm(c, form))
  } catch (error) {
    // Of two who release at once the second finds it done.
    if (!(error instanceof Refused && error.refusal.code === 'activation-released')) return askAgain(c, error)
  }
  leaveNotice(c, 'computer-released')
  return c.redirect(paths.license(idIn(c)), 303)
}

async function askSeller(c: HttpContext) {
  const { reason = '' } = await formBody(c)
  try {
    await askForRelease(c.var.deps, c.var.asking, idIn(c), reason)
  } catch (error) {
    return askAgain(c, error, reason.slice(0, 2000))
  }
  leaveNotice(c, 'release-asked')
  return c.redirect(paths.license(idIn(c)), 303)
}

const answerLost = (c: HttpContext, errors: readonly FieldError[]) =>
  c.html(<LostComputerPage frame={signInFrameOf(c)} errors={errors} />, errors.length > 0 ? 422 : 200)

/** Answers before anything is looked up: known and unknown keys get the same words in the same time (`threats.md`, A1, A2). */
async function mailLinks(c: HttpContext) {
  const { activationKey = '' } = await formBody(c)
  const typed = activationKey.trim()
  if (typed === '' || typed.length > 64) {
    const detail = 'Enter the activation key, sixteen letters and digits'
    return answerLost(c, [{ pointer: 'activationKey', code: 'invalid', detail }])
  }
  const { deps, address, requestId } = c.var
  afterAnswer(c, () => mailReleaseLinks(deps, typed, { address, requestId }))
  leaveNotice(c, 'release-link-sent')
  return c.redirect(paths.lostComputer, 303)
}
