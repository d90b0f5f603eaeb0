import { Hono } from 'hono'
import { createMiddleware } from 'hono/factory'
import { findSandboxSession, listSandboxLines } from '#src/db/checkouts.ts'
import { read } from '#src/db/query.ts'
import type { Outcome } from '#src/domain/checkouts/standing.ts'
import { refuse } from '#src/domain/refusal.ts'
import type { SandboxCheckout } from '#src/gateways/checkout/sandbox.ts'
import {
  orderCompleted,
  orderFailed,
  paymentMethodAdded,
  paymentPending,
  type SandboxSession,
  sandboxCards,
} from '#src/gateways/checkout/sandbox-events.ts'
import { formBody } from '#src/http/bodies.ts'
import type { HttpContext, HttpEnv } from '#src/http/context.ts'
import { anyone } from '#src/http/guards.ts'
import { leaveNotice } from '#src/http/notices.ts'
import { SandboxShopPage, SandboxWalletPage } from '#views/pages/sandbox-shop.tsx'
import { paths, withQuery } from '#views/paths.ts'

/** The shop of development. Where a provider is configured, and in production, these addresses do not exist. */
const inSandbox = createMiddleware<HttpEnv>(async (c, next) => {
  if (!c.var.deps.sandbox) refuse({ code: 'not-found' })
  await next()
})

/** The sandbox shop plays the provider: its pages grant nothing, its webhooks are signed and go the way of any other. */
export const sandboxShopPages = new Hono<HttpEnv>()
  .get('/sandbox-shop/:session', anyone(), inSandbox, show)
  .get('/sandbox-shop/wallets/:wallet', anyone(), inSandbox, showWallet)
  .post('/sandbox-shop/wallets/:wallet', anyone(), inSandbox, addCard)
  .post('/sandbox-shop/:session/payments', anyone(), inSandbox, (c) => play(c, 'paid', pay()))
  .post('/sandbox-shop/:session/late-payments', anyone(), inSandbox, (c) => play(c, 'paid', payLate))
  .post('/sandbox-shop/:session/double-payments', anyone(), inSandbox, (c) => play(c, 'paid', payTwice))
  .post('/sandbox-shop/:session/foreign-payments', anyone(), inSandbox, (c) => play(c, 'paid', pay({ foreign: true })))
  .post('/sandbox-shop/:session/short-payments', anyone(), inSandbox, (c) => play(c, 'paid', pay({ share: 0.5 })))
  .post('/sandbox-shop/:session/declines', anyone(), inSandbox, (c) => play(c, 'declined', decline))
  .post('/sandbox-shop/:session/abandonments', anyone(), inSandbox, (c) => play(c, 'left', async () => {}))

async function sessionOf(c: HttpContext) {
  const id = c.req.param('session') ?? ''
  const [[found], lines] = await read(c.var.deps.db, [findSandboxSession(id), listSandboxLines(id)])
  if (!found) return refuse({ code: 'not-found' })
  const { id: checkout, quoteId: quote, accountId: account, email, name, country, city, currency, dueMinor } = found
  const session: SandboxSession & { tags: { checkout: string } } = {
    tags: { quote, checkout, account },
    email,
    name,
    country,
    city,
    currency,
    lines,
  }
  return { id, session, dueMinor }
}

async function show(c: HttpContext) {
  const { id, session, dueMinor } = await sessionOf(c)
  const { vendorName, supportEmail } = c.var.deps.settings
  return c.html(
    <SandboxShopPage
      vendorName={vendorName}
      supportEmail={supportEmail}
      id={id}
      session={session}
      dueMinor={dueMinor}
    />,
  )
}

type Scene = (c: HttpContext, shop: SandboxCheckout, session: SandboxSession) => Promise<void>

/** Plays a scene and sends the buyer back to where they came from. */
async function play(c: HttpContext, outcome: Outcome, scene: Scene) {
  const { session } = await sessionOf(c)
  await scene(c, c.var.deps.sandbox as SandboxCheckout, session)
  return c.redirect(withQuery(paths.checkout(session.tags.checkout), { from: outcome }), 303)
}

const told = (c: HttpContext) => ({ at: c.var.deps.now(), prefix: c.var.deps.settings.orderPrefix })

const pay =
  ({ foreign = false, share = 1 } = {}): Scene =>
  async (c, shop, session) => {
    const currency = foreign ? (session.currency === 'EUR' ? 'USD' : 'EUR') : session.currency
    await shop.deliver([orderCompleted(shop, session, { ...told(c), currency, share })])
  }

const payTwice: Scene = async (c, shop, session) => {
  for (let i = 0; i < 2; i++) await shop.deliver([orderCompleted(shop, session, told(c))])
}

/** The browser is back before the provider has told: first that money is under way, then that it came. */
const payLate: Scene = async (c, shop, session) => {
  await shop.deliver([paymentPending(shop, session, c.var.deps.now())])
  c.var.deps.afterwards(shop.later().then(() => shop.deliver([orderCompleted(shop, session, told(c))])))
}

const decline: Scene = async (c, shop, session) => {
  await shop.deliver([orderFailed(shop, session, c.var.deps.now())])
}

function ownerOf(c: HttpContext) {
  const shop = c.var.deps.sandbox as SandboxCheckout
  const wallet = c.req.param('wallet') ?? ''
  return { shop, wallet, owner: shop.ownerOf(wallet) ?? refuse({ code: 'not-found' }) }
}

/** Where an account keeps its cards: the sandbox has some to choose from, and asks for no number. */
function showWallet(c: HttpContext) {
  const { vendorName, supportEmail } = c.var.deps.settings
  const { wallet } = ownerOf(c)
  return c.html(
    <SandboxWalletPage vendorName={vendorName} supportEmail={supportEmail} wallet={wallet} cards={sandboxCards} />,
  )
}

async function addCard(c: HttpContext) {
  const { shop, owner, wallet } = ownerOf(c)
  const { card: kind } = await formBody(c)
  const card = sandboxCards.find((one) => one.kind === kind)
  if (!card) return c.redirect(paths.sandboxWallet(wallet), 303)
  await shop.deliver([paymentMethodAdded(shop, owner, card, c.var.deps.now())])
  leaveNotice(c, 'payment-method-added')
  return c.redirect(paths.paymentMethods, 303)
}
