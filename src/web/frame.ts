import type { Actor } from '#src/domain/accounts/actor.ts'
import { roleNames } from '#src/domain/accounts/permissions.ts'
import type { HttpContext } from '#src/http/context.ts'
import { takeNotice } from '#src/http/notices.ts'
import type { Frame } from '#views/layouts/portal.tsx'
import type { SignInFrame } from '#views/pages/sign-in/identify.tsx'
import { mayBuy } from './may-buy.ts'
import { menuOf, ownMenuOf } from './menu.ts'

const kinds = { vendor: 'Vendor', partner: 'Partner', reseller: 'Reseller', customer: 'Customer' } as const

/**
 * The frame of a signed-in page for whoever is asking. A whole page that was asked for from within a part, such as a
 * row of a list, takes the place of the page and not of the part.
 */
export function frameOf(c: HttpContext, actor: Actor): Frame {
  if (wantsPart(c)) replacePage(c)
  const { settings } = c.var.deps
  const role = actor.role && !actor.isMaster ? `, ${roleNames[actor.role]}` : ''
  const account = actor.name === actor.account.name ? '' : `${actor.account.name}, `
  return {
    vendorName: settings.vendorName,
    supportEmail: settings.supportEmail,
    name: actor.name,
    standing: `${account}${kinds[actor.account.kind]}${role}`,
    menu: menuOf(actor),
    ownMenu: ownMenuOf(actor),
    path: c.req.path,
    narrowed: narrowedIn(c),
    hasCart: mayBuy(actor),
    notice: takeNotice(c),
    boosted: c.req.header('hx-request') === 'true',
  }
}

/** What of the query the menu knows: which products or family a page is narrowed to. */
const narrowedIn = (c: HttpContext): string =>
  ['family', 'product'].flatMap((name) => (c.req.queries(name) ?? []).map((value) => `${name}=${value}`)).join('&')

/** The frame of a page for somebody who is not signed in. */
export function signInFrameOf(c: HttpContext): SignInFrame {
  const { vendorName, supportEmail, orderPrefix } = c.var.deps.settings
  return { vendorName, supportEmail, orderPrefix, notice: takeNotice(c) }
}

/** Tells htmx to put the answer in the place of the whole page. */
export function replacePage(c: HttpContext): void {
  c.header('HX-Retarget', '#page')
  c.header('HX-Reselect', '#page')
  c.header('HX-Reswap', 'outerHTML')
}

/** Whether a form asks what its input would do; a row of a list, a part too, leads to the whole page. */
export const wantsPreview = (c: HttpContext): boolean => wantsPart(c) && c.req.header('hx-target') !== 'div#list'

/** Whether htmx asks for a part of the page and not the whole. */
export const wantsPart = (c: HttpContext): boolean => c.req.header('hx-request-type') === 'partial'
