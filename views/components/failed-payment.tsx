import { paths } from '../paths.ts'
import { At, Zone } from './time.tsx'

export type Failure = {
  readonly failedAt: Date | null
  readonly failedWhy: string | null
  readonly nextTryAt: Date | null
}

/** Says that the balance could not be filled by itself, why, and what is done about it. */
export const FailedPayment = ({ failure, mayPay }: { failure: Failure | null; mayPay: boolean }) =>
  failure?.failedAt ? (
    <section class="note">
      <p>
        <b>A payment into the balance failed</b> on <At at={failure.failedAt} /> (<Zone />
        ): {failure.failedWhy?.toLowerCase()}.{' '}
        {failure.nextTryAt ? (
          <>
            It is tried again on <At at={failure.nextTryAt} />.
          </>
        ) : (
          'It is not tried again by itself.'
        )}
      </p>
      {mayPay && (
        <p>
          <a href={`${paths.billing}#amount`}>Top up now</a> or{' '}
          <a href={paths.paymentMethods}>change the payment method</a>
        </p>
      )}
    </section>
  ) : null
