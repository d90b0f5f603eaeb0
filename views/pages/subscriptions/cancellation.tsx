import type { FieldError } from '#src/domain/refusal.ts'
import { renewalOf, type SubscriptionSummary } from '#src/domain/subscriptions/subscription.ts'
import { ErrorSummary } from '../../components/error-summary.tsx'
import { hx } from '../../hx.ts'
import { type Frame, Portal } from '../../layouts/portal.tsx'
import { paths } from '../../paths.ts'
import { counted, dayInWords } from '../../words.ts'

type Props = {
  frame: Frame
  subscription: SubscriptionSummary
  /** Makes a form sent twice one act. */
  request: string
  errors: readonly FieldError[]
}

/** Says what canceling stops and when, and asks once. */
export const CancellationPage = ({ frame, subscription, request, errors }: Props) => (
  <Portal frame={frame} title="Cancel the subscription" error={errors.length > 0}>
    <nav aria-label="Breadcrumb">
      <a href={paths.subscriptions}>Subscriptions</a> ›{' '}
      <a href={paths.subscription(subscription.id)}>{subscription.serial}</a> › Cancel
    </nav>
    <h1>Cancel the subscription</h1>
    <ErrorSummary errors={errors} />
    {subscription.canceledAt === null ? (
      <Question subscription={subscription} request={request} />
    ) : (
      <div class="card">
        <p>
          This subscription was canceled already. Its last day is <b>{dayInWords(subscription.endsOn)}</b>.
        </p>
        <p>
          <a href={paths.subscription(subscription.id)}>Back to the subscription</a>
        </p>
      </div>
    )}
  </Portal>
)

const Question = ({ subscription, request }: Pick<Props, 'subscription' | 'request'>) => (
  <form
    class="card form"
    method="post"
    action={paths.subscriptionCancellation(subscription.id)}
    {...hx({ disable: 'find button' })}
  >
    <input type="hidden" name="request" value={request} />
    <p>
      <b>{subscription.productName}</b>, {counted(subscription.channels, 'channel')}, for {subscription.email} (
      <code>{subscription.serial}</code>).
    </p>
    <p>
      It works until <b>{dayInWords(subscription.endsOn)}</b>, that day included. Then it is not renewed, all its{' '}
      {counted(subscription.channels, 'session')} stop, and nothing more is billed.{' '}
      {renewalOf(subscription) === 'shop'
        ? 'Until that day you can take it back.'
        : 'This cannot be taken back: afterwards generate a new one.'}
    </p>
    <p class="row">
      <button type="submit" class="main">
        Cancel at the end of the term
      </button>
      <a class="button" href={paths.subscription(subscription.id)}>
        Keep it
      </a>
    </p>
  </form>
)
