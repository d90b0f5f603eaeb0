import type { Day } from '#src/domain/day.ts'
import type { Id } from '#src/domain/ids.ts'
import type { QuoteStanding } from '#src/domain/quotes/quote.ts'
import type { FieldError } from '#src/domain/refusal.ts'
import { ErrorSummary } from '../../components/error-summary.tsx'
import { type LineView, QuoteLines } from '../../components/quote-lines.tsx'
import { At, OnDay, Zone } from '../../components/time.tsx'
import { hx } from '../../hx.ts'
import { type Frame, Portal } from '../../layouts/portal.tsx'
import { paths } from '../../paths.ts'
import { moneyInWords } from '../../words.ts'

/** A quote as its page shows it. */
export type QuoteView = {
  readonly id: Id<'quote'>
  readonly standing: QuoteStanding
  readonly licensesStand: boolean
  readonly pricesStand: boolean
  readonly currency: string
  readonly totalMinor: number
  readonly quotedOn: Day
  readonly validUntil: Date
  readonly orderReference: string | null
  readonly replacesId: Id<'quote'> | null
  /** Whether the same can be asked for again. */
  readonly repeats: boolean
  /** The checkout whose payment is under way, where there is one. */
  readonly waitingCheckout: Id<'checkout'> | null
  readonly lines: readonly LineView[]
}

type Props = {
  frame: Frame
  quote: QuoteView
  /** Whether whoever looks may pay, and may ask for a new quote. */
  may: { readonly pay: boolean; readonly quote: boolean }
  vendorName: string
  request: string
  errors: readonly FieldError[]
}

/** What something costs, line by line, and the way to pay exactly that (R301). */
export const QuotePage = ({ frame, quote, may, vendorName, request, errors }: Props) => (
  <Portal frame={frame} title={`Quote of ${money(quote, quote.totalMinor)}`} error={errors.length > 0}>
    <nav aria-label="Breadcrumb">
      <a href={paths.quotes}>Quotes</a> › <OnDay day={quote.quotedOn} />
    </nav>
    <header>
      <h1>Quote</h1>
      <p class="soft">
        Made on <OnDay day={quote.quotedOn} />, in prices of that day.
        {quote.replacesId && (
          <>
            {' '}
            It takes the place of <a href={paths.quote(quote.replacesId)}>an earlier one</a>.
          </>
        )}
      </p>
    </header>
    <ErrorSummary errors={errors} />
    <Standing quote={quote} may={may} vendorName={vendorName} request={request} />
    <section>
      <h2>What it is for</h2>
      <QuoteLines {...quote} />
    </section>
  </Portal>
)

const money = ({ currency }: Pick<QuoteView, 'currency'>, minor: number) => moneyInWords({ minor, currency })

const Standing = ({ quote, may, vendorName, request }: Omit<Props, 'frame' | 'errors'>) => {
  const { standing, orderReference: order } = quote
  if (standing === 'applied') {
    return (
      <p class="good">
        Paid, and all of it is done.{' '}
        {order ? (
          <>
            See <a href={paths.order(order)}>order {order}</a>.
          </>
        ) : (
          <a href={paths.home}>See your licenses</a>
        )}
      </p>
    )
  }
  if (standing === 'paid') {
    return (
      <p class="note">
        Your payment came in, but something it is for had changed meanwhile. {vendorName} was told and either applies it
        or gives it back. Nothing is lost.
      </p>
    )
  }
  if (standing === 'refunded') return <p class="note">What was paid for it went back to you.</p>
  if (quote.waitingCheckout) return <UnderWay quote={quote} checkout={quote.waitingCheckout} may={may} />
  const why = whyNot(quote)
  if (why) return <Again quote={quote} why={why} may={may} request={request} />
  return quote.totalMinor === 0 ? <Free quote={quote} may={may} request={request} /> : <Pay quote={quote} may={may} />
}

/** Why an open quote cannot be paid any more. */
function whyNot({ standing, licensesStand, pricesStand }: QuoteView): string | null {
  if (standing === 'expired') return 'The time for which its prices held is over.'
  if (!licensesStand) return 'A license it is for has changed since, so its amounts are not right any more.'
  return pricesStand ? null : 'A price in it has changed since.'
}

const Pay = ({ quote, may }: Pick<Props, 'quote' | 'may'>) => (
  <>
    <p>
      This price holds until <At at={quote.validUntil} /> (<Zone />
      ). You pay in the shop, which adds the tax of your country.
    </p>
    {may.pay ? (
      <form method="post" action={paths.quoteCheckouts(quote.id)} {...hx({ boost: 'false' })}>
        <p class="row">
          <button type="submit" class="main">
            Buy for {money(quote, quote.totalMinor)}
          </button>
          <a class="button" href={paths.home}>
            Not now
          </a>
        </p>
      </form>
    ) : (
      <p class="note">Somebody of your account who may pay can open this page and do so.</p>
    )}
  </>
)

/** The shop told of a payment that has not come yet, such as a bank transfer. */
const UnderWay = ({ quote, checkout, may }: Pick<Props, 'quote' | 'may'> & { checkout: Id<'checkout'> }) => (
  <>
    <p class="note">
      A payment for it is under way: a bank transfer takes some days, and its price holds that long.{' '}
      <a href={paths.checkout(checkout)}>See how it stands</a>
    </p>
    {may.pay && whyNot(quote) === null && (
      <form method="post" action={paths.quoteCheckouts(quote.id)} {...hx({ boost: 'false' })}>
        <input type="hidden" name="besides" value="true" />
        <p class="row">
          <button type="submit">Pay {money(quote, quote.totalMinor)} in another way</button>
        </p>
        <p class="soft">Should both come in, the second one goes back to you.</p>
      </form>
    )}
  </>
)

/** Nothing is due, so the shop is not gone to. */
const Free = ({ quote, may, request }: Pick<Props, 'quote' | 'may' | 'request'>) => (
  <>
    <p>
      It costs nothing, so there is nothing to pay: it is done as soon as you say so, until <At at={quote.validUntil} />{' '}
      (<Zone />
      ).
    </p>
    {may.pay && (
      <form method="post" action={paths.quoteApplications(quote.id)} {...hx({ disable: 'find button' })}>
        <input type="hidden" name="request" value={request} />
        <p class="row">
          <button type="submit" class="main">
            Do it, free of charge
          </button>
          <a class="button" href={paths.home}>
            Not now
          </a>
        </p>
      </form>
    )}
  </>
)

const Again = ({ quote, why, may, request }: Pick<Props, 'quote' | 'may' | 'request'> & { why: string }) => (
  <section class="note">
    <p>{why} Nothing was paid.</p>
    {may.quote && quote.repeats ? (
      <form method="post" action={paths.quoteReplacements(quote.id)} {...hx({ disable: 'find button' })}>
        <input type="hidden" name="request" value={request} />
        <button type="submit" class="main">
          Get a new quote of the same
        </button>
      </form>
    ) : (
      <a href={paths.home}>See your licenses</a>
    )}
  </section>
)
