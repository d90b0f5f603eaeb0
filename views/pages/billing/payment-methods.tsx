import { isOver, methodInWords, type PaymentMethod } from '#src/domain/billing/payment-method.ts'
import type { Day } from '#src/domain/day.ts'
import { BillingTabs } from '../../components/billing-tabs.tsx'
import { FailedPayment, type Failure } from '../../components/failed-payment.tsx'
import type { Tab } from '../../components/settings-tabs.tsx'
import { hx } from '../../hx.ts'
import { type Frame, Portal } from '../../layouts/portal.tsx'
import { monthInWords } from '../../month-words.ts'
import { paths } from '../../paths.ts'

type Props = {
  frame: Frame
  tabs: readonly Tab[]
  methods: readonly PaymentMethod[]
  autopayment: Failure | null
  today: Day
  /** Whether the provider could not be gone to, charges without the buyer, and whether whoever looks may change anything. */
  shop: { readonly isClosed: boolean; readonly charges: boolean; readonly mayEdit: boolean }
  requests: readonly string[]
}

/** Payment methods as tiles; they are added and changed at the provider, where alone their numbers are (R234 R236). */
export const PaymentMethodsPage = ({ frame, tabs, methods, autopayment, today, shop, requests }: Props) => (
  <Portal frame={frame} title="Payment methods">
    <h1>Payment methods</h1>
    <BillingTabs tabs={tabs} path={paths.paymentMethods} />
    <FailedPayment failure={autopayment} mayPay={shop.mayEdit} />
    {shop.isClosed && (
      <p class="note" role="alert">
        The shop keeps nothing of yours yet. Top up once: from then on you find your payment methods there.
      </p>
    )}
    <p class="soft">
      {shop.charges
        ? 'The active one is charged when the balance is filled by itself. Numbers of cards are with the payment provider alone.'
        : 'Your payment methods are with the payment provider, who charges them only while you are there.'}
    </p>
    {methods.length > 0 && (
      <div class="cards">
        {methods.map((method, i) => (
          <Tile method={method} today={today} mayEdit={shop.mayEdit} request={requests[i] ?? ''} />
        ))}
      </div>
    )}
    {methods.length === 0 && shop.charges && <p class="card">No payment method yet.</p>}
    {shop.mayEdit && (
      <form method="post" action={paths.paymentMethods} {...hx({ boost: 'false' })}>
        <button type="submit" class="main">
          {shop.charges ? 'Add a payment method' : 'Open them in the shop'}
        </button>
      </form>
    )}
  </Portal>
)

type TileProps = { method: PaymentMethod; today: Day; mayEdit: boolean; request: string }

const Tile = ({ method, today, mayEdit, request }: TileProps) => {
  const name = methodInWords(method)
  const of = <span class="hide"> {name}</span>
  return (
    <section class="card">
      <h2>{name}</h2>
      <p>
        Expires {monthInWords(`${method.expires}-01` as Day)}{' '}
        {isOver(method, today) ? (
          <b class="bad">Expired</b>
        ) : method.isDefault ? (
          <b class="good">Active</b>
        ) : (
          <span class="soft">Kept</span>
        )}
      </p>
      {mayEdit && (
        <div class="row">
          {!method.isDefault && (
            <form method="post" action={paths.paymentMethodDefaults(method.id)} {...hx({ disable: 'find button' })}>
              <input type="hidden" name="request" value={request} />
              <input type="hidden" name="version" value={method.version} />
              <button type="submit">Make active{of}</button>
            </form>
          )}
          <form method="post" action={paths.paymentMethods} {...hx({ boost: 'false' })}>
            <button type="submit">Edit{of}</button>
          </form>
          <a class="button" href={paths.paymentMethodRemoval(method.id)}>
            Remove{of}
          </a>
        </div>
      )}
    </section>
  )
}

type RemovalProps = {
  frame: Frame
  method: PaymentMethod
  /** The one that is charged then, where this one was. */
  next: PaymentMethod | null
  isLast: boolean
  request: string
}

/** Asks once before a payment method goes, and says what follows. */
export const PaymentMethodRemovalPage = ({ frame, method, next, isLast, request }: RemovalProps) => (
  <Portal frame={frame} title={`Remove ${methodInWords(method)}`}>
    <nav aria-label="Breadcrumb">
      <a href={paths.paymentMethods}>Payment methods</a> › Remove
    </nav>
    <h1>Remove {methodInWords(method)}?</h1>
    <p>
      It is not charged any more. {next && <>From then on {methodInWords(next)} is charged. </>}
      {isLast && 'It is the last one: when the balance is to be filled, a letter with the way to pay comes instead.'}
    </p>
    <form method="post" action={paths.paymentMethodRemovals(method.id)} {...hx({ disable: 'find button' })}>
      <input type="hidden" name="request" value={request} />
      <input type="hidden" name="version" value={method.version} />
      <p class="row">
        <button type="submit" class="main">
          Remove
        </button>
        <a class="button" href={paths.paymentMethods}>
          Keep it
        </a>
      </p>
    </form>
  </Portal>
)
