import { type CheckoutStanding, type Outcome, secondsToWait } from '#src/domain/checkouts/standing.ts'
import type { Id } from '#src/domain/ids.ts'
import { Copyable } from '../../components/copyable.tsx'
import { hx } from '../../hx.ts'
import { type Frame, Portal } from '../../layouts/portal.tsx'
import { paths, withQuery } from '../../paths.ts'
import { moneyInWords } from '../../words.ts'

/** A checkout as its page shows it. */
export type CheckoutView = {
  readonly id: Id<'checkout'>
  readonly quoteId: Id<'quote'>
  readonly standing: CheckoutStanding
  readonly currency: string
  readonly dueMinor: number
  /** The shop's number of the order that paid the quote. */
  readonly reference: string | null
  readonly lines: readonly { readonly text: string; readonly dueMinor: number }[]
  readonly activationKey: string | null
  /** Whether it pays into the balance, and for nothing else. */
  readonly topsUp: boolean
  /** Whether whoever looks may look at the balance. */
  readonly seesBalance: boolean
  readonly licenses: readonly { readonly id: string; readonly serial: string }[]
  /** Whether a further payment of the same quote waits for the vendor. */
  readonly hasSecondPayment: boolean
  /** How often a waiting page has looked already; the page goes on looking by itself unless data is to be saved. */
  readonly looked: number
  readonly looksAgain: boolean
  /** Whether the shop itself told of a payment that is under way. */
  readonly isUnderWay: boolean
}

/** The provider's script and session, where it can be paid over the page. */
export type PopupView = {
  readonly scriptUrl: string
  readonly storefront: string
  readonly sessionId: string
  readonly now: boolean
}

type Props = {
  frame: Frame
  checkout: CheckoutView
  vendorName: string
  popup: PopupView | null
  outcome: Outcome | null
}

const titles: Record<CheckoutStanding, string> = {
  open: 'Pay in the shop',
  waiting: 'Waiting for the shop',
  paid: 'Paid',
  'paid-elsewhere': 'Paid already',
  held: 'Your payment is being looked at',
  declined: 'The payment was declined',
  left: 'Nothing was paid',
  stale: 'This quote does not hold any more',
  over: 'This quote has ended',
  refunded: 'Refunded',
}

/** A checkout: on the way to the shop, back from it, and paid. */
export const CheckoutPage = ({ frame, checkout, vendorName, popup }: Props) => (
  <Portal frame={frame} title={titles[checkout.standing]} head={<Head checkout={checkout} popup={popup} />}>
    <nav aria-label="Breadcrumb">
      <a href={paths.quote(checkout.quoteId)}>Quote</a> › Checkout
    </nav>
    <CheckoutStatus checkout={checkout} vendorName={vendorName} popup={popup} />
    <Lines checkout={checkout} />
  </Portal>
)

/** Without a script a waiting page looks again by itself; with one it asks for less. The provider's script opens popups. */
const Head = ({ checkout, popup }: Pick<Props, 'checkout' | 'popup'>) => (
  <>
    {checkout.standing === 'waiting' && (
      <noscript>
        <meta http-equiv="refresh" content={`${secondsToWait(checkout.looked) ?? 60}; url=${again(checkout)}`} />
      </noscript>
    )}
    {popup && (
      <script
        id="fsc-api"
        src={popup.scriptUrl}
        type="text/javascript"
        data-storefront={popup.storefront}
        data-popup-closed="porticoPopupClosed"
        defer
      ></script>
    )}
  </>
)

/** Where the checkout stands; a waiting one takes its own place until the shop has told. */
export const CheckoutStatus = ({ checkout, vendorName, popup }: Pick<Props, 'checkout' | 'vendorName' | 'popup'>) => (
  <section id="checkout" {...looking(checkout)}>
    <h1>{titles[checkout.standing]}</h1>
    <Standing checkout={checkout} vendorName={vendorName} popup={popup} />
    {checkout.hasSecondPayment && checkout.standing !== 'held' && (
      <p class="note">
        A further payment came in for the same quote. {vendorName} was told and gives it back; you need not do anything.
      </p>
    )}
  </section>
)

/** The same page, looked at once more. */
const again = ({ id, looked }: Pick<CheckoutView, 'id' | 'looked'>): string =>
  withQuery(paths.checkout(id), { from: 'paid', looked: looked + 1 })

function looking({ id, standing, looked, looksAgain }: CheckoutView): Record<string, string> {
  const seconds = standing === 'waiting' && looksAgain ? secondsToWait(looked) : null
  if (seconds === null) return {}
  return hx({
    get: again({ id, looked }),
    trigger: `load delay:${seconds}s`,
    target: '#checkout',
    swap: 'outerHTML',
    pushUrl: 'false',
  })
}

const money = ({ currency }: Pick<CheckoutView, 'currency'>, minor: number) => moneyInWords({ minor, currency })

const Standing = ({ checkout, vendorName, popup }: Pick<Props, 'checkout' | 'vendorName' | 'popup'>) => {
  switch (checkout.standing) {
    case 'paid':
      return <Granted checkout={checkout} />
    case 'waiting':
      return (
        <>
          <p role="status">
            The shop has not confirmed the payment yet. This takes some seconds, with a bank transfer some days; a
            letter tells you when it is done. You can leave this page. <a href={again(checkout)}>Look again</a>
          </p>
          <p class="soft">
            Not paid after all?{' '}
            <a href={checkout.isUnderWay ? paths.quote(checkout.quoteId) : paths.checkout(checkout.id)}>
              Back to the payment
            </a>
          </p>
        </>
      )
    case 'stale':
      return (
        <p class="note">
          A license it is for, or a price in it, has changed since, and nothing was paid.{' '}
          <a href={paths.quote(checkout.quoteId)}>Ask for a new quote</a>
        </p>
      )
    case 'held':
      return (
        <p class="note">
          Your payment came in, but it could not be applied by itself. {vendorName} was told and either applies it or
          gives it back. Nothing is lost.
        </p>
      )
    case 'paid-elsewhere':
      return (
        <p class="note">
          This quote was paid{checkout.reference ? ` with order ${checkout.reference}` : ''}, so there is nothing more
          to pay. <a href={paths.home}>See your licenses</a>
        </p>
      )
    case 'refunded':
      return <p class="note">This payment went back to you.</p>
    case 'over':
      return (
        <p class="note">
          Its prices held until a time that has passed, and nothing was paid.{' '}
          <a href={paths.quote(checkout.quoteId)}>Ask for a new quote</a>
        </p>
      )
    default:
      return <Pay checkout={checkout} vendorName={vendorName} popup={popup} />
  }
}

const invitations = {
  declined:
    'The shop could not charge you, and nothing was paid. Try again, perhaps with another card: the price still holds.',
  left: 'You left the shop before paying. The price still holds.',
  open: 'You pay in the shop, which adds the tax of your country. Nothing changes before it confirms the payment.',
} as const

const Pay = ({ checkout, popup }: Pick<Props, 'checkout' | 'vendorName' | 'popup'>) => {
  const standing = checkout.standing as keyof typeof invitations
  return (
    <>
      <p class={standing === 'open' ? 'soft' : 'note'}>{invitations[standing]}</p>
      <form
        method="post"
        action={paths.checkoutSessions(checkout.id)}
        {...(popup ? { 'data-session': popup.sessionId, 'data-return': paths.checkout(checkout.id) } : {})}
        {...(popup?.now ? { 'data-now': '' } : {})}
        {...hx({ boost: 'false' })}
      >
        <p class="row">
          <button type="submit" class="main">
            {standing === 'open' ? 'Pay' : 'Try again: pay'} {money(checkout, checkout.dueMinor)}
          </button>
          <a class="button" href={paths.quote(checkout.quoteId)}>
            Back to the quote
          </a>
        </p>
      </form>
    </>
  )
}

const Granted = ({ checkout }: Pick<Props, 'checkout'>) => (
  <>
    <p class="good">The shop confirmed the payment, and all of it is done.</p>
    <dl class="card">
      {checkout.reference && (
        <>
          <dt>Order number</dt>
          <dd>
            <a href={paths.order(checkout.reference)}>
              <code>{checkout.reference}</code>
            </a>
          </dd>
        </>
      )}
      {checkout.activationKey && !checkout.topsUp && (
        <>
          <dt>Activation key</dt>
          <dd class="row">
            <Copyable text={checkout.activationKey} label="the activation key" />
          </dd>
        </>
      )}
      {checkout.licenses.length > 0 && (
        <>
          <dt>New licenses</dt>
          <dd>
            {checkout.licenses.map(({ id, serial }, i) => (
              <>
                {i > 0 && ', '}
                <a href={paths.license(id)}>
                  <code>{serial}</code>
                </a>
              </>
            ))}
          </dd>
        </>
      )}
    </dl>
    <p>
      {checkout.topsUp
        ? 'It is in your balance now. A letter that says so is on its way.'
        : 'Next: open the administration tool on the computer and press "Refresh license", or paste the activation key there if the product is new. A letter with all of this is on its way.'}
    </p>
    <p>
      {checkout.topsUp && checkout.seesBalance ? (
        <a class="button" href={paths.billing}>
          See your balance
        </a>
      ) : (
        <a class="button" href={paths.home}>
          See your {checkout.topsUp ? 'products' : 'licenses'}
        </a>
      )}
    </p>
  </>
)

const Lines = ({ checkout }: Pick<Props, 'checkout'>) => (
  <section>
    <h2>{checkout.standing === 'paid' ? 'What you bought' : 'What it is for'}</h2>
    <table>
      <thead>
        <tr>
          <th scope="col">What</th>
          <th scope="col">Price</th>
        </tr>
      </thead>
      <tbody>
        {checkout.lines.map(({ text, dueMinor }) => (
          <tr>
            <td data-label="What">{text}</td>
            <td data-label="Price" class="mono">
              {money(checkout, dueMinor)}
            </td>
          </tr>
        ))}
        <tr>
          <td data-label="What">
            <b>Total, before tax</b>
          </td>
          <td data-label="Price" class="mono">
            <b>{money(checkout, checkout.dueMinor)}</b>
          </td>
        </tr>
      </tbody>
    </table>
  </section>
)
