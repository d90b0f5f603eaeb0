import { addDays, type Day } from '#src/domain/day.ts'
import { type SubscriptionSummary, subscriptionState } from '#src/domain/subscriptions/subscription.ts'
import { dayInWords } from '../words.ts'

type Props = { subscription: Pick<SubscriptionSummary, 'canceledAt' | 'endsOn' | 'unpaidAt'>; today: Day }

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
  switch (subscriptionState(subscription, today)) {
    case 'active':
      return (
        <span>
          <b class="good">Active</b>, renews on {dayInWords(addDays(endsOn, 1))}
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
