import type { Child } from 'hono/jsx'
import { sizeInWords, sizeOf } from '#src/domain/catalog/offer.ts'
import type { LicenseSummary } from '#src/domain/licenses/license.ts'
import type { FieldError } from '#src/domain/refusal.ts'
import { type CreditLine, CreditLines } from '../../components/credit-lines.tsx'
import { described, ErrorSummary, FieldProblem } from '../../components/error-summary.tsx'
import { licenseDetail } from '../../components/license-name.tsx'
import { hx } from '../../hx.ts'
import { type Frame, Portal } from '../../layouts/portal.tsx'
import { paths } from '../../paths.ts'

/** What can be chosen: the sold editions and sizes that are not below the license's own. `null` is any size. */
export type UpgradeChoices = {
  readonly editions: readonly { readonly code: string; readonly name: string }[]
  readonly sizes: readonly (number | null)[] | null
}

export type UpgradeDraft = {
  readonly edition: string
  readonly size: string
  /** Makes a form sent twice one act. */
  readonly request: string
  readonly errors: readonly FieldError[]
}

/** The credits an upgrade moves, or why there is none as chosen. */
export type UpgradeCost = { readonly lines: readonly CreditLine[] } | { readonly why: string }

/** What names a license on these pages. */
export type LicenseName = Parameters<typeof licenseDetail>[0] & Pick<LicenseSummary, 'id' | 'serial' | 'productName'>

type Props = {
  frame: Frame
  license: LicenseName & { accountName: string; email: string }
  choices: UpgradeChoices
  draft: UpgradeDraft
  cost: UpgradeCost
}

/** More users or a higher edition, with what it costs in credits beside the form (R113). */
export const UpgradePage = ({ frame, license, choices, draft, cost }: Props) => (
  <Portal frame={frame} title={`Upgrade ${license.serial}`} error={draft.errors.length > 0}>
    <nav aria-label="Breadcrumb">
      <a href={paths.licenses}>Licenses</a> › <a href={paths.license(license.id)}>{license.serial}</a>
    </nav>
    <header>
      <h1>Upgrade</h1>
      <p class="soft">
        {license.productName}, {licenseDetail(license)} · <code>{license.serial}</code> · {license.email}
      </p>
    </header>
    <ErrorSummary errors={draft.errors} />
    <UpgradeForm
      license={license}
      choices={choices}
      draft={draft}
      action={paths.licenseUpgrades(license.id)}
      verb="Upgrade"
    />
    <Cost cost={cost} owner={license.accountName} />
  </Portal>
)

/** A change of a field shows what it would cost. */
export const reckons = (id: string, trigger: string) =>
  hx({
    get: paths.licenseUpgrade(id),
    trigger,
    include: 'closest form',
    target: '#cost',
    swap: 'outerHTML',
    pushUrl: 'false',
  })

type FormProps = Pick<Props, 'choices' | 'draft'> & {
  license: LicenseName
  action: string
  verb: string
  /** More fields. */
  children?: Child
}

/** Edition and size, with what they cost as they change. */
export const UpgradeForm = ({ license, choices, draft, action, verb, children }: FormProps) => {
  const { editions, sizes } = choices
  return (
    <form class="form" method="post" action={action} novalidate {...hx({ disable: 'find button' })}>
      <input type="hidden" name="request" value={draft.request} />
      {editions.some(({ name }) => name !== license.editionName) && (
        <div>
          <label for="edition">Edition</label>
          <FieldProblem errors={draft.errors} name="edition" />
          <select
            id="edition"
            name="edition"
            {...described({ errors: draft.errors, name: 'edition' })}
            {...reckons(license.id, 'change')}
          >
            {editions.map(({ code, name }) => (
              <option value={code} selected={code === draft.edition}>
                {name}
              </option>
            ))}
          </select>
        </div>
      )}
      <div>
        <label for="size">
          {license.unit === 'user' ? 'Users' : `${license.unit[0]?.toUpperCase()}${license.unit.slice(1)}s`}
        </label>
        <FieldProblem errors={draft.errors} name="size" />
        {sizes === null ? (
          <input
            id="size"
            name="size"
            inputmode="numeric"
            value={draft.size}
            {...described({ errors: draft.errors, name: 'size' })}
            {...reckons(license.id, 'input changed delay:250ms')}
          />
        ) : (
          <select
            id="size"
            name="size"
            {...described({ errors: draft.errors, name: 'size' })}
            {...reckons(license.id, 'change')}
          >
            {sizes.map((size) => (
              <option value={sizeOf(size)} selected={String(sizeOf(size)) === draft.size}>
                {sizeInWords(sizeOf(size), license.unit)}
              </option>
            ))}
          </select>
        )}
      </div>
      {children}
      <p class="row">
        <button type="submit" class="main">
          {verb}
        </button>
        <button type="submit" formmethod="get" formaction={paths.licenseUpgrade(license.id)}>
          Show the cost
        </button>
        <a class="button" href={paths.license(license.id)}>
          Cancel
        </a>
      </p>
    </form>
  )
}

/** What a change of the form replaces. */
export const Cost = ({ cost, owner }: { cost: UpgradeCost; owner: string }) => (
  <section class="card" id="cost" aria-live="polite">
    <h2>What it costs</h2>
    {'why' in cost ? <p class="due">{cost.why}.</p> : <CreditLines lines={cost.lines} />}
    <p class="soft">
      {owner} pays. The old size and edition come back as credits where they were paid with credits; so does support,
      for each started year that is left. The computer keeps running. There is no way back to less.
    </p>
  </section>
)

/** A license that is not upgraded here, and why. */
export const NoUpgradePage = ({ frame, license, why }: { frame: Frame; license: LicenseName; why: string }) => (
  <Portal frame={frame} title={`Upgrade ${license.serial}`}>
    <nav aria-label="Breadcrumb">
      <a href={paths.licenses}>Licenses</a> › <a href={paths.license(license.id)}>{license.serial}</a>
    </nav>
    <h1>Nothing to upgrade</h1>
    <section class="note">
      <p>{why}</p>
      <a href={paths.license(license.id)}>Back to the license</a>
    </section>
  </Portal>
)
