import { Hono } from 'hono'
import { digestReads } from '#src/db/digests.ts'
import { allows } from '#src/domain/accounts/acts.ts'
import { dayOf } from '#src/domain/day.ts'
import { digestOf } from '#src/domain/warnings/digest.ts'
import { ask } from '#src/http/ask.ts'
import type { HttpContext, HttpEnv } from '#src/http/context.ts'
import { may } from '#src/http/guards.ts'
import { DigestPage } from '#views/pages/digests/digest.tsx'
import { paths } from '#views/paths.ts'
import { frameOf } from './frame.ts'

/** What there is to do for a seller, as it stands now; the weekly digest tells the same by mail (R307 R309). */
export const digestPages = new Hono<HttpEnv>().get(paths.digests, may('digest.read'), show)

async function show(c: HttpContext) {
  const today = dayOf(c.var.deps.now())
  const { actor, rows } = await ask(c, (reach) => digestReads(reach, today))
  const page = (
    <DigestPage
      frame={frameOf(c, actor)}
      digest={digestOf(rows, today)}
      today={today}
      mayChoose={actor.loginId !== null && allows(actor, 'account.follow')}
    />
  )
  return c.html(page)
}
