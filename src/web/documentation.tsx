import { Hono } from 'hono'
import type { Child } from 'hono/jsx'
import { hasServerProducts } from '#src/domain/accounts/actor.ts'
import { allows } from '#src/domain/accounts/acts.ts'
import { ask } from '#src/http/ask.ts'
import type { HttpContext, HttpEnv } from '#src/http/context.ts'
import { anyone, signedIn } from '#src/http/guards.ts'
import { Public } from '#views/layouts/public.tsx'
import type { OpenapiDocument } from '#views/pages/documentation/openapi-document.ts'
import { paths } from '#views/paths.ts'
import { frameOf } from './frame.ts'
import { mayBuy } from './may-buy.ts'

/** The guide to this portal, and the reference of its API: much text, which a Worker evaluates when it is asked for. */
export const documentationPages = new Hono<HttpEnv>()
  .get(paths.documentation, signedIn(), showGuide)
  .get(paths.resellerGuide, signedIn(), showResellerGuide)
  .get(paths.apiReference, anyone(), showReference)
  .get(paths.softwareGuide, anyone(), showSoftwareGuide)

async function showGuide(c: HttpContext) {
  const { actor } = await ask(c, () => [])
  const { GuidePage } = await import('#views/pages/documentation/guide.tsx')
  const { orderPrefix } = c.var.deps.settings
  const sells = actor.accountKind !== 'customer'
  const activates = allows(actor, 'computer.activate')
  const servers = hasServerProducts(actor)
  const choosesWarnings = actor.loginId !== null && allows(actor, 'account.follow')
  const pays = servers && allows(actor, 'billing.read')
  const reader = { sells, activates, servers, pays, buys: mayBuy(actor), choosesWarnings }
  return c.html(<GuidePage frame={frameOf(c, actor)} orderPrefix={orderPrefix} {...reader} />)
}

/** One file that says all a reseller needs; its links lead to this portal from wherever it is read. */
async function showResellerGuide(c: HttpContext) {
  await ask(c, () => [])
  const { ResellerGuide } = await import('#views/pages/documentation/reseller-guide.tsx')
  const { vendorName, supportEmail, origin } = c.var.deps.settings
  return c.html(<ResellerGuide vendorName={vendorName} supportEmail={supportEmail} origin={origin} />)
}

/** How software is licensed by this portal, with the source of a client. */
async function showSoftwareGuide(c: HttpContext) {
  const { SoftwareGuide } = await import('#views/pages/documentation/software-guide.tsx')
  return answerPublic(c, 'Licensing in your software', <SoftwareGuide origin={c.var.deps.settings.origin} />)
}

async function showReference(c: HttpContext) {
  const { apiDocument } = c.var.deps
  const document = (await apiDocument()) as OpenapiDocument
  const { ApiReference } = await import('#views/pages/documentation/api-reference.tsx')
  return answerPublic(c, 'API reference', <ApiReference document={document} />)
}

/** A page for developers, who need not be signed in. */
function answerPublic(c: HttpContext, title: string, children: Child) {
  const { vendorName, supportEmail } = c.var.deps.settings
  return c.html(<Public {...{ title, vendorName, supportEmail, children }} wide />)
}
