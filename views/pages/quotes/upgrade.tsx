import { ErrorSummary } from '../../components/error-summary.tsx'
import { licenseDetail } from '../../components/license-name.tsx'
import { type LineView, QuoteLines } from '../../components/quote-lines.tsx'
import { type Frame, Portal } from '../../layouts/portal.tsx'
import { paths } from '../../paths.ts'
import { type LicenseName, type UpgradeChoices, type UpgradeDraft, UpgradeForm } from '../licenses/upgrade.tsx'

/** What an upgrade comes to, or why there is none as chosen. */
export type PaidCost =
  | { readonly lines: readonly LineView[]; readonly currency: string; readonly totalMinor: number }
  | { readonly why: string }

type Props = {
  frame: Frame
  license: LicenseName
  choices: UpgradeChoices
  draft: UpgradeDraft
  cost: PaidCost
}

/** More users, workstations or channels, or a higher edition, paid in money: the total as it is chosen (R71–R78). */
export const PaidUpgradePage = ({ frame, license, choices, draft, cost }: Props) => (
  <Portal frame={frame} title={`Upgrade ${license.serial}`} error={draft.errors.length > 0}>
    <nav aria-label="Breadcrumb">
      <a href={paths.home}>Licenses</a> › <a href={paths.license(license.id)}>{license.serial}</a>
    </nav>
    <header>
      <h1>Upgrade</h1>
      <p class="soft">
        {license.productName}, {licenseDetail(license)} · <code>{license.serial}</code>
      </p>
    </header>
    <ErrorSummary errors={draft.errors} />
    <UpgradeForm
      license={license}
      choices={choices}
      draft={draft}
      action={paths.licenseQuotes(license.id)}
      verb="Buy"
    />
    <PaidCostCard cost={cost} />
  </Portal>
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
