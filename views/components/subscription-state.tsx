import type { Day } from '#src/domain/day.ts'
import { renewsOn, type SubscriptionSummary, subscriptionState } from '#src/domain/subscriptions/subscription.ts'
import { dayInWords } from '../words.ts'

type Shown = Pick<
  SubscriptionSummary,
  'canceledAt' | 'endsOn' | 'unpaidAt' | 'providerSubscriptionId' | 'orderReference'
>
type Props = { subscription: Shown; today: Day }

/** The state of a subscription in words with a color. */
export function SubscriptionState({ subscription, today }: Props) {
  const { endsOn, unpaidAt } = subscription
  if (unpaidAt) {
    return (
      <span>
        <b class="bad">Payment failed</b>, paid until {dayInWords(endsOn)}
      </span>
    )
  }
  const next = renewsOn(subscription)
  switch (subscriptionState(subscription, today)) {
    case 'active':
      return (
        <span>
          <b class="good">Active</b>, {next ? `renews on ${dayInWords(next)}` : `paid until ${dayInWords(endsOn)}`}
        </span>
      )
    case 'canceled':
      return (
        <span>
          <b class="due">Canceled</b>, ends on {dayInWords(endsOn)}
        </span>
      )
    case 'ended':
      return (
        <span>
          <b class="bad">Ended</b> on {dayInWords(endsOn)}
        </span>
      )
  }
}
