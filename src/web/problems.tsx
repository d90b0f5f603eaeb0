import type { Refusal } from '#src/domain/refusal.ts'
import type { HttpContext } from '#src/http/context.ts'
import { dropCookie } from '#src/http/cookies.ts'
import { refusalIn, statuses } from '#src/http/statuses.ts'
import { ProblemPage } from '#views/pages/errors/problem.tsx'
import { paths, withQuery } from '#views/paths.ts'
import { askForProof } from './ask-for-proof.tsx'
import { replacePage, wantsPart } from './frame.ts'

/** The pages' translator of refusals: a redirect to sign-in, or a whole page that says what to do. */
export function pageProblem(c: HttpContext, error: unknown): Response | Promise<Response> {
  const refusal = refusalIn(error)
  if (refusal?.code === 'signed-out') return toSignIn(c)
  if (refusal?.code === 'password-change-required') return leaveFor(c, paths.password, 403)
  if (refusal?.code === 'second-factor-required') return leaveFor(c, paths.twoFactor, 403)
  if (refusal?.code === 'proof-required') return askForProof(c, refusal)
  if (refusal?.code === 'account-suspended') dropCookie(c, 'session')
  if (refusal && 'retryAfter' in refusal) c.header('Retry-After', String(refusal.retryAfter))
  if (refusal?.code === 'method-not-allowed') c.header('Allow', refusal.allow.join(', '))
  const [title, detail] = refusal ? wordsOf(refusal) : defect
  const { settings } = c.var.deps
  if (c.req.header('hx-request') === 'true') {
    replacePage(c)
  }
  return c.html(
    <ProblemPage
      vendorName={settings.vendorName}
      supportEmail={settings.supportEmail}
      title={title}
      detail={detail}
      back={backFrom(c, refusal)}
      requestId={c.var.requestId}
    />,
    refusal ? statuses[refusal.code] : 500,
  )
}

/** A session that ended: sign in, then back to the page asked for. htmx is told to leave the page, never to swap. */
function toSignIn(c: HttpContext): Response {
  const { pathname, search } = new URL(c.req.url)
  const asked = c.req.method === 'GET' && !wantsPart(c) ? pathname + search : pathOf(c.req.header('hx-current-url'))
  const target = withQuery(paths.signIn, { next: asked === '/' ? '' : asked })
  dropCookie(c, 'session')
  return leaveFor(c, target, 401)
}

function leaveFor(c: HttpContext, target: string, status: 401 | 403): Response {
  if (c.req.header('hx-request') !== 'true') return c.redirect(target, 303)
  c.header('HX-Redirect', target)
  return c.body(null, status)
}

function pathOf(url: string | undefined): string {
  if (!url || !URL.canParse(url)) return '/'
  const { pathname, search } = new URL(url)
  return pathname + search
}

const defect: [string, string] = [
  'Something went wrong',
  'It is our fault and it has been noted. Try again; if it stays, write to us and give the number below.',
]

const backFrom = (c: HttpContext, refusal: Refusal | null) => {
  if (refusal?.code === 'invalid-cursor' || refusal?.code === 'invalid-query') {
    return { href: c.req.path, label: 'Show the whole list' }
  }
  if (refusal?.code === 'unavailable' && c.req.method === 'GET') return { href: c.req.path, label: 'Try again' }
  return { href: paths.home, label: 'Go to the first page' }
}

function wordsOf(refusal: Refusal): [string, string] {
  switch (refusal.code) {
    case 'not-found':
      return ['Page not found', 'There is nothing at this address, or it is not yours to see.']
    case 'forbidden':
      return ['Not permitted', 'Your role does not include this. The master login of your account can change that.']
    case 'account-suspended':
      return [
        'Account suspended',
        'This account, or one above it, is suspended. Write to the vendor to have it resumed.',
      ]
    case 'invalid-cursor':
      return [
        'This page of the list does not exist',
        'The address is damaged or out of date. Start from the first page.',
      ]
    case 'invalid-query':
      return ['This filter does not exist', refusal.errors.map((one) => `${one.pointer}: ${one.detail}.`).join(' ')]
    case 'invalid-link':
      return ['This link does not work', refusal.detail]
    case 'invalid-request':
      return ['The form could not be read', refusal.errors.map((one) => `${one.pointer}: ${one.detail}.`).join(' ')]
    case 'body-too-large':
      return ['Too much at once', `A form may hold at most ${refusal.limit / 1024} KB. Shorten what you typed.`]
    case 'unsupported-media-type':
      return ['This cannot be read', `Send the form as ${refusal.expected}.`]
    case 'method-not-allowed':
      return ['Not done this way', 'This address does not take that. Go back and use the buttons of the page.']
    case 'cross-site':
      return [
        'Sent from elsewhere',
        'This form did not come from the portal, so nothing was done. Open the page and send it again.',
      ]
    case 'unknown-host':
      return ['Unknown address', 'The portal does not answer under this name.']
    case 'too-many-requests':
      return ['Too many requests', `Wait ${refusal.retryAfter} seconds and try again.`]
    case 'unavailable':
      return [
        'Back in a moment',
        'The database does not answer right now. Nothing was lost; try again in a few seconds.',
      ]
    case 'subscription-of-shop':
      return ['Not canceled here', 'The shop charges this subscription: cancel it there, and the portal follows.']
    case 'shop-closed':
      return ['Payments are not taken yet', 'The vendor has not opened the shop of this portal. Nothing was charged.']
    case 'shop-unavailable':
      return ['The shop does not answer', 'Nothing was charged, and the price still holds. Try again in a minute.']
    case 'version-mismatch':
    case 'comment-changed':
      return ['Changed meanwhile', 'Somebody changed this while you worked on it. Open it again.']
    case 'idempotency-key-reused':
      return ['Sent before', 'This form was sent before with other contents. Open it again.']
    case 'last-full-access':
      return [
        'The last full access stays',
        'An account keeps a login with full access that can sign in. Give another login full access first.',
      ]
    case 'two-factor-on':
      return ['Two-factor is on', 'It is on already. Switch it off first to set it up with another app.']
    case 'two-factor-off':
      return ['Two-factor is off', 'This login has no second factor.']
    case 'master-login':
      return ['The master login stays', 'It cannot be removed, disabled or given another role.']
    default:
      return ['Not done', 'This could not be done. Go back and try again.']
  }
}
