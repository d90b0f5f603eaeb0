import type { Balance } from '#src/domain/credits/credit.ts'
import type { FieldError } from '#src/domain/refusal.ts'
import { described, ErrorSummary, FieldProblem } from '../../components/error-summary.tsx'
import { type Frame, Portal } from '../../layouts/portal.tsx'
import { paths } from '../../paths.ts'
import { Balances, Ledger, LedgerFilterForm, type LedgerProps } from './list.tsx'

type Props = {
  frame: Frame
  account: { readonly name: string; readonly kind: string }
  /** Whether they are the reader's own credits, and not those of somebody below. */
  own: boolean
  balances: readonly Balance[]
  lowAt: number
  threshold: { readonly typed: string; readonly errors: readonly FieldError[]; readonly may: boolean }
  ledger: LedgerProps
}

/** Credits of an account: balances by offer, then every line of the ledger. */
export const CreditsPage = ({ frame, account, own, balances, lowAt, threshold, ledger }: Props) => {
  const title = own ? 'Credits' : `Credits of ${account.name}`
  return (
    <Portal frame={frame} title={title} error={threshold.errors.length > 0}>
      <header>
        <h1>{title}</h1>
        <p class="soft">A credit is a license, or a year of its support, that may be assigned or given on.</p>
      </header>
      <ErrorSummary errors={threshold.errors} />
      {account.kind === 'vendor' ? (
        <div class="card">
          <p>The vendor grants credits and has no balance of its own.</p>
          <p>
            <a href={paths.resellers}>Open a partner to see what it holds, or to grant more</a>
          </p>
        </div>
      ) : (
        <>
          <Balances balances={balances} lowAt={lowAt} {...ledger} />
          {own && threshold.may && <Threshold {...threshold} />}
          <h2>Ledger</h2>
          <LedgerFilterForm balances={balances} {...ledger} />
          <Ledger {...ledger} />
        </>
      )}
    </Portal>
  )
}

const Threshold = ({ typed, errors }: Props['threshold']) => (
  <form class="form" method="post" action={paths.creditThreshold} novalidate>
    <div>
      <label for="lowCreditsAt">Low from</label>
      <p class="soft" id="lowCreditsAt-hint">
        With so many credits or fewer an offer counts as low, and your home page says so.
      </p>
      <FieldProblem errors={errors} name="lowCreditsAt" />
      <span class="field">
        <input
          id="lowCreditsAt"
          name="lowCreditsAt"
          type="text"
          inputmode="numeric"
          value={typed}
          autocomplete="off"
          {...described({ errors, name: 'lowCreditsAt' }, true)}
        />
        <button type="submit">Save</button>
      </span>
    </div>
  </form>
)
