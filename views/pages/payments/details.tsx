import type { PaymentSummary } from '#src/domain/payments/payment.ts'
import type { FieldError } from '#src/domain/refusal.ts'
import { ErrorSummary } from '../../components/error-summary.tsx'
import { At, Zone } from '../../components/time.tsx'
import { hx } from '../../hx.ts'
import { type Frame, Portal } from '../../layouts/portal.tsx'
import { paths } from '../../paths.ts'
import { moneyInWords } from '../../words.ts'
import { PaymentState } from './list.tsx'

type Props = {
  frame: Frame
  payment: PaymentSummary
  maySettle: boolean
  /** Makes a form sent twice one act. */
  request: string
  errors: readonly FieldError[]
}

/** One payment: what came in, why it waits, and the two ways to settle it. */
export const PaymentPage = ({ frame, payment, maySettle, request, errors }: Props) => (
  <Portal frame={frame} title={`Payment ${payment.reference}`} error={errors.length > 0}>
    <nav aria-label="Breadcrumb">
      <a href={paths.payments}>Incoming payments</a> › {payment.reference}
    </nav>
    <h1>Payment {payment.reference}</h1>
    <ErrorSummary errors={errors} />
    {!payment.live && <p class="note">This is a test payment: nothing was paid.</p>}
    <Facts payment={payment} />
    {payment.state === 'held' && maySettle && <Settle payment={payment} request={request} />}
  </Portal>
)

const Facts = ({ payment }: Pick<Props, 'payment'>) => (
  <dl class="card">
    <dt>State</dt>
    <dd>
      <PaymentState payment={payment} />
    </dd>
    <dt>Amount</dt>
    <dd class="mono">{moneyInWords({ minor: payment.totalMinor, currency: payment.currency })}</dd>
    {payment.taxMinor > 0 && (
      <>
        <dt>Tax in it</dt>
        <dd class="mono">{moneyInWords({ minor: payment.taxMinor, currency: payment.currency })}</dd>
      </>
    )}
    <dt>Paid by</dt>
    <dd>
      {payment.name}, {payment.email}
    </dd>
    <dt>
      Paid (<Zone />)
    </dt>
    <dd>
      <At at={payment.paidAt} />
    </dd>
    <dt>For quote</dt>
    <dd>
      <code>{payment.quoteId}</code>
    </dd>
    {payment.state === 'applied' && (
      <>
        <dt>Order</dt>
        <dd>
          <a href={paths.order(payment.reference)}>{payment.reference}</a>
        </dd>
      </>
    )}
    {payment.settledAt && (
      <>
        <dt>
          Settled (<Zone />)
        </dt>
        <dd>
          <At at={payment.settledAt} /> by {payment.settledBy}
        </dd>
      </>
    )}
  </dl>
)

const Settle = ({ payment, request }: Pick<Props, 'payment' | 'request'>) => (
  <section>
    <h2>Settle it</h2>
    {payment.problem === 'wrong-currency' ? (
      <p class="note">What was paid in another currency than quoted is not applied: its order would be false.</p>
    ) : (
      <form
        class="card form"
        method="post"
        action={paths.paymentApplication(payment.id)}
        {...hx({ disable: 'find button' })}
      >
        <input type="hidden" name="request" value={request} />
        <input type="hidden" name="version" value={payment.version} />
        <p>
          Grants what was quoted, at what was paid for it; into a balance enters what was paid. Where there is no such
          quote, the order is taken as the shop tells it. The buyer gets the order letter.
        </p>
        <button type="submit" class="main">
          Apply the payment
        </button>
      </form>
    )}
    <form class="card form" method="post" action={paths.paymentRefund(payment.id)} {...hx({ disable: 'find button' })}>
      <input type="hidden" name="request" value={`${request}-refund`} />
      <input type="hidden" name="version" value={payment.version} />
      <p>
        Refund it in the shop first: the portal moves no money. When the shop tells of the refund by itself, this is
        marked without you.
      </p>
      <button type="submit">Mark as refunded</button>
    </form>
  </section>
)
