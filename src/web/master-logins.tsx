import { Hono } from 'hono'
import { findMasterBelow, listMastersBelow } from '#src/db/two-factor.ts'
import { identifierOf } from '#src/domain/accounts/identifier.ts'
import { refuse } from '#src/domain/refusal.ts'
import { ask } from '#src/http/ask.ts'
import type { HttpContext, HttpEnv } from '#src/http/context.ts'
import { may } from '#src/http/guards.ts'
import { leaveNotice } from '#src/http/notices.ts'
import { sensitively } from '#src/http/sensitive.ts'
import { resetMasterFactor } from '#src/use-cases/two-factor/reset-factor.ts'
import { MasterLoginsPage } from '#views/pages/logins/masters.tsx'
import { FactorResetPage } from '#views/pages/settings/factor-reset.tsx'
import { paths } from '#views/paths.ts'
import { frameOf } from './frame.ts'

/** The vendor's help for master logins that lost phone and recovery codes: nobody in their accounts could help them. */
export const masterLoginPages = new Hono<HttpEnv>()
  .get(paths.masterLogins, may('two-factor.reset-master'), showFound)
  .get('/admin/logins/:id/two-factor-reset', may('two-factor.reset-master'), showReset)
  .post('/admin/logins/:id/two-factor-resets', sensitively('two-factor.reset-master'), reset)

const idIn = (c: HttpContext): string => c.req.param('id') ?? ''

async function showFound(c: HttpContext) {
  const q = (c.req.query('q') ?? '').trim().slice(0, 254)
  const { actor, rows } = await ask(c, (reach) => [listMastersBelow(reach, identifierOf(q))])
  return c.html(<MasterLoginsPage frame={frameOf(c, actor)} q={q} logins={rows[0]} now={c.var.deps.now()} />)
}

async function showReset(c: HttpContext) {
  const { actor, rows } = await ask(c, (reach) => [findMasterBelow(reach, idIn(c))])
  const [[login]] = rows
  if (!login) return refuse({ code: 'not-found' })
  const action = paths.masterFactorResets(login.id)
  return c.html(<FactorResetPage frame={frameOf(c, actor)} action={action} login={login} now={c.var.deps.now()} />)
}

async function reset(c: HttpContext) {
  await resetMasterFactor(c.var.deps, c.var.asking, idIn(c))
  leaveNotice(c, 'two-factor-reset')
  return c.redirect(paths.masterFactorReset(idIn(c)), 303)
}
