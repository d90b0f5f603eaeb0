import { Refused } from '#src/domain/refusal.ts'
import { formBody } from '#src/http/bodies.ts'
import type { HttpContext } from '#src/http/context.ts'
import { leaveNotice } from '#src/http/notices.ts'
import { statuses } from '#src/http/statuses.ts'
import { releaseByLink, runningFor } from '#src/use-cases/releases/release-by-link.ts'
import type { OpenedLink } from '#src/use-cases/sign-in/redeem-link.ts'
import { ReleaseLinkPage } from '#views/pages/releases/link.tsx'
import { releaseErrors } from '#views/pages/releases/words.ts'
import { paths } from '#views/paths.ts'
import { signInFrameOf } from './frame.ts'

type Errors = Parameters<typeof ReleaseLinkPage>[0]['errors']

/** What a mailed link can release (R304). */
export async function showReleaseLink(
  c: HttpContext,
  link: OpenedLink,
  errors: Errors = [],
  status: 200 | 404 | 409 = 200,
) {
  const running = await runningFor(c.var.deps, link)
  const token = c.req.param('token') ?? ''
  return c.html(<ReleaseLinkPage frame={signInFrameOf(c)} token={token} running={running} errors={errors} />, status)
}

/** Releases what was chosen; a spent budget is told on the same page, and the link stays good. */
export async function releaseChosen(c: HttpContext, link: OpenedLink) {
  const { activation = '' } = await formBody(c)
  const { deps, address, requestId } = c.var
  try {
    await releaseByLink(deps, link, activation, { address, requestId })
  } catch (error) {
    const errors = error instanceof Refused ? releaseErrors(error.refusal) : null
    if (!errors) throw error
    return showReleaseLink(c, link, errors, statuses[(error as Refused).refusal.code] as 404 | 409)
  }
  leaveNotice(c, 'computers-released')
  return c.redirect(paths.lostComputer, 303)
}
