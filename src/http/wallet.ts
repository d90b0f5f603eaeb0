import { refuse } from '#src/domain/refusal.ts'
import { type CheckoutGateway, ShopUnavailable } from '#src/gateways/checkout.ts'
import type { HttpContext } from './context.ts'

/**
 * Goes where the shop keeps an account's payment methods and subscriptions; `null` where it keeps none of it. Refuses
 * `shop-unavailable` where it does not answer.
 */
export async function goToWallet(
  c: HttpContext,
  owner: Parameters<CheckoutGateway['walletOf']>[0],
): Promise<Response | null> {
  const { checkout, sandbox } = c.var.deps
  const url = await checkout.walletOf(owner).catch((error: unknown) => {
    if (!(error instanceof ShopUnavailable)) throw error
    return refuse({ code: 'shop-unavailable', retryAfter: 30 })
  })
  if (url === null) return null
  c.set('admits', checkout.origins)
  const target = sandbox ? new URL(url).pathname : url
  if (c.req.header('hx-request') !== 'true') return c.redirect(target, 303)
  c.header('HX-Redirect', target)
  return c.body(null, 204)
}
