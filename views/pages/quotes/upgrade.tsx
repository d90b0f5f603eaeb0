import type { SubscriptionTerm } from '#src/domain/subscriptions/subscription.ts'
import { described, ErrorSummary, FieldProblem } from '../../components/error-summary.tsx'
import { licenseDetail } from '../../components/license-name.tsx'
import { type LineView, QuoteLines } from '../../components/quote-lines.tsx'
import { type Frame, Portal } from '../../layouts/portal.tsx'
import { paths } from '../../paths.ts'
import { counted } from '../../words.ts'
import { type LicenseName, reckons, type UpgradeChoices, type UpgradeDraft, UpgradeForm } from '../licenses/upgrade.tsx'

/** What an upgrade comes to, or why there is none as chosen. */
export type PaidCost =
  | { readonly lines: readonly LineView[]; readonly currency: string; readonly totalMinor: number }
  | { readonly why: string }

type Props = {
  frame: Frame
  license: LicenseName
  choices: UpgradeChoices
  draft: UpgradeDraft & { readonly terms: string }
  /** By what a subscription is paid; `null` for what is none. */
  term: SubscriptionTerm | null
  cost: PaidCost
}

/** More users, workstations or channels, or a higher edition, paid in money: the total as it is chosen (R71–R78). */
export const PaidUpgradePage = ({ frame, license, choices, draft, term, cost }: Props) => (
  <Portal frame={frame} title={`Upgrade ${license.serial}`} error={draft.errors.length > 0}>
    <nav aria-label="Breadcrumb">
      <a href={paths.home}>Licenses</a> › <a href={paths.license(license.id)}>{license.serial}</a>
    </nav>
    <header>
      <h1>{term ? 'Renew or change' : 'Upgrade'}</h1>
      <p class="soft">
        {license.productName}, {licenseDetail(license)} · <code>{license.serial}</code>
      </p>
    </header>
    <ErrorSummary errors={draft.errors} />
    <UpgradeForm license={license} choices={choices} draft={draft} action={paths.licenseQuotes(license.id)} verb="Buy">
      {term && <Terms license={license} draft={draft} term={term} />}
    </UpgradeForm>
    <PaidCostCard cost={cost} />
  </Portal>
)

const Terms = ({ license, draft, term }: Pick<Props, 'license' | 'draft'> & { term: SubscriptionTerm }) => (
  <div>
    <label for="terms">Further {term}s</label>
    <FieldProblem errors={draft.errors} name="terms" />
    <select
      id="terms"
      name="terms"
      {...described({ errors: draft.errors, name: 'terms' })}
      {...reckons(license.id, 'change')}
    >
      {(term === 'year' ? [0, 1, 2, 3] : [0, 1, 2, 3, 6, 12]).map((one) => (
        <option value={one} selected={String(one) === draft.terms}>
          {one === 0 ? 'None: change the channels alone' : counted(one, term)}
        </option>
      ))}
    </select>
  </div>
)

/** What a change of the form replaces. */
export const PaidCostCard = ({ cost }: { cost: PaidCost }) => (
  <section class="card" id="cost" aria-live="polite">
    <h2>What it costs</h2>
    {'why' in cost ? <p class="due">{cost.why}.</p> : <QuoteLines {...cost} />}
    <p class="soft">
      Next comes a quote of exactly this, which holds for some days; you pay it in the shop, which adds the tax of your
      country. Once paid, the license changes by itself and the computer keeps running.
    </p>
  </section>
)
