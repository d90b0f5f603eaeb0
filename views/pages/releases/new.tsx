import type { ReleaseBudget } from '#src/domain/computers/release-budget.ts'
import type { FieldError } from '#src/domain/refusal.ts'
import { described, ErrorSummary, FieldProblem } from '../../components/error-summary.tsx'
import { At, Zone } from '../../components/time.tsx'
import { type Frame, Portal } from '../../layouts/portal.tsx'
import { paths } from '../../paths.ts'
import { counted } from '../../words.ts'

type Props = {
  frame: Frame
  licenseId: string
  serial: string
  activationId: string
  computer: string
  productName: string
  /** `null` where it is not counted: the seller and the vendor release as they like. */
  budget: ReleaseBudget | null
  cooldownHours: number
  /** When the software stops at the latest, if it does not check in before. */
  stopsBy: Date
  request: string
  /** What was typed to the seller. */
  reason: string
  errors: readonly FieldError[]
}

/** Names the computer that a license is released from and what that costs of the budget; its form does it (R40 R305). */
export const ReleasePage = (props: Props) => {
  const { frame, licenseId, serial, computer, productName, budget, stopsBy, request, errors, activationId } = props
  const isRefused = budget !== null && budget.refusedBy !== null
  return (
    <Portal frame={frame} title={`Release ${computer}`} error={errors.length > 0}>
      <nav aria-label="Breadcrumb">
        <a href={paths.licenses}>Licenses</a> › <a href={paths.license(licenseId)}>{serial}</a>
      </nav>
      <header>
        <h1>{isRefused ? `${computer} cannot be released yet` : `Release ${computer}?`}</h1>
        <p class="soft">
          {productName} · <code>{serial}</code>
        </p>
      </header>
      <ErrorSummary errors={errors} />
      <section class="card">
        {!isRefused && (
          <p>
            The license is free for another computer at once. {productName} on {computer} stops at its next check-in,
            and without one on <At at={stopsBy} /> <Zone />.
          </p>
        )}
        <Budget budget={budget} cooldownHours={props.cooldownHours} />
      </section>
      {isRefused ? (
        <AskSeller {...props} />
      ) : (
        <form method="post" action={paths.licenseReleases(licenseId)} class="row">
          <input type="hidden" name="activation" value={activationId} />
          <input type="hidden" name="request" value={request} />
          <button type="submit" class="main">
            Release the computer
          </button>
          <a class="button" href={paths.license(licenseId)}>
            Cancel
          </a>
        </form>
      )}
    </Portal>
  )
}

const Budget = ({ budget, cooldownHours }: Pick<Props, 'budget' | 'cooldownHours'>) => {
  if (budget === null) return <p>You sold this license, so it is not counted.</p>
  const { used, allowed, nextAt, refusedBy } = budget
  const left = allowed === null ? null : allowed - used
  return (
    <>
      <p>
        {allowed === null ? (
          'Releases of this license are not limited.'
        ) : (
          <>
            <b>
              {used} of {allowed}
            </b>{' '}
            releases of the last 365 days are used
            {refusedBy === null && left !== null && `; after this one ${leftInWords(left - 1)} left`}.
          </>
        )}
      </p>
      {cooldownHours > 0 && <p>Between two releases pass at least {counted(cooldownHours, 'hour')}.</p>}
      {refusedBy !== null && (
        <p>
          {nextAt ? (
            <>
              The next can be on <At at={nextAt} /> <Zone />.
            </>
          ) : (
            'This product is not released by its users.'
          )}
        </p>
      )}
    </>
  )
}

const leftInWords = (left: number): string => (left === 0 ? 'none is' : left === 1 ? '1 is' : `${left} are`)

/** Beyond the budget the seller decides. */
const AskSeller = ({ licenseId, reason, errors }: Props) => (
  <form method="post" action={paths.releaseRequests(licenseId)} class="card form" novalidate>
    <h2>Cannot wait?</h2>
    <div>
      <label for="reason">What happened to the computer (optional)</label>
      <FieldProblem errors={errors} name="reason" />
      <textarea id="reason" name="reason" rows={2} maxlength={500} {...described({ errors, name: 'reason' })}>
        {reason}
      </textarea>
    </div>
    <p class="row">
      <button type="submit" class="main">
        Ask the seller
      </button>
      <a class="button" href={paths.license(licenseId)}>
        Back to the license
      </a>
    </p>
  </form>
)
