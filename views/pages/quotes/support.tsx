import type { Day } from '#src/domain/day.ts'
import type { FieldError } from '#src/domain/refusal.ts'
import { extensionYears } from '#src/domain/support/extension.ts'
import { described, ErrorSummary, FieldProblem } from '../../components/error-summary.tsx'
import { licenseDetail } from '../../components/license-name.tsx'
import { QuoteLines } from '../../components/quote-lines.tsx'
import { SupportState } from '../../components/support-state.tsx'
import { hx } from '../../hx.ts'
import { type Frame, Portal } from '../../layouts/portal.tsx'
import { paths } from '../../paths.ts'
import { counted } from '../../words.ts'
import type { LicenseName } from '../licenses/upgrade.tsx'
import type { PaidCost } from './upgrade.tsx'

/** A license whose support can be paid. */
export type SupportRow = LicenseName & { readonly supportEndsOn: Day | null }

/** What was chosen: which licenses, and years or one day on which all shall end. */
export type SupportDraft = {
  readonly licenses: readonly string[]
  readonly supportYears: string
  readonly supportUntil: string
  readonly request: string
  readonly errors: readonly FieldError[]
}

type Props = {
  frame: Frame
  rows: readonly SupportRow[]
  /** Whether the list was cut: there are more than are renewed together. */
  isCut: boolean
  /** Whether only some licenses were asked for, and all could be. */
  isSome: boolean
  draft: SupportDraft
  cost: PaidCost
  preview: string
  today: Day
}

/** Support bought and renewed in money: one license, or all of them in one order, to one end if wanted (R36 R82 R83 R308). */
export const PaidSupportPage = ({ frame, rows, isCut, isSome, draft, cost, preview, today }: Props) => (
  <Portal frame={frame} title="Buy and renew support" error={draft.errors.length > 0}>
    <nav aria-label="Breadcrumb">
      <a href={`${paths.home}?tab=support`}>Support</a> › Buy and renew
    </nav>
    <header>
      <h1>Buy and renew support</h1>
      <p class="soft">
        Valid support goes on the day after its end; where it has ended or there is none, it starts today.
        {isSome && (
          <>
            {' '}
            <a href={paths.supportRenewal}>Renew all supports</a>
          </>
        )}
      </p>
    </header>
    <ErrorSummary errors={draft.errors} />
    <form class="form" method="post" action={paths.supportQuotes} novalidate {...hx({ disable: 'find button' })}>
      <input type="hidden" name="request" value={draft.request} />
      <Licenses rows={rows} draft={draft} preview={preview} today={today} />
      {isCut && <p class="note">These are the first {rows.length}. Renew them, then come back for the others.</p>}
      <Until draft={draft} preview={preview} />
      <p class="row">
        <button type="submit" class="main">
          Buy
        </button>
        <button type="submit" formmethod="get" formaction={preview}>
          Show the total
        </button>
        <a class="button" href={paths.home}>
          Cancel
        </a>
      </p>
    </form>
    <SupportCost cost={cost} />
  </Portal>
)

const reckons = (preview: string) =>
  hx({
    get: preview,
    trigger: 'change',
    include: 'closest form',
    target: '#cost',
    swap: 'outerHTML',
    pushUrl: 'false',
  })

const Licenses = ({ rows, draft, preview, today }: Pick<Props, 'rows' | 'draft' | 'preview' | 'today'>) => (
  <fieldset id="license">
    <legend>{rows.length === 1 ? 'License' : 'Licenses'}</legend>
    <FieldProblem errors={draft.errors} name="license" />
    {rows.map((row) => (
      <p>
        <label>
          <input
            type="checkbox"
            name="license"
            value={row.id}
            checked={draft.licenses.includes(row.id)}
            {...reckons(preview)}
          />{' '}
          {row.productName}, {licenseDetail(row)}, <code>{row.serial}</code>
        </label>{' '}
        <SupportState endsOn={row.supportEndsOn} kind="permanent" today={today} />
      </p>
    ))}
  </fieldset>
)

const Until = ({ draft, preview }: Pick<Props, 'draft' | 'preview'>) => (
  <>
    <div>
      <label for="supportYears">Years</label>
      <FieldProblem errors={draft.errors} name="supportYears" />
      <select
        id="supportYears"
        name="supportYears"
        {...described({ errors: draft.errors, name: 'supportYears' })}
        {...reckons(preview)}
      >
        {extensionYears.map((one) => (
          <option value={one} selected={String(one) === draft.supportYears}>
            {counted(one, 'year')}
          </option>
        ))}
      </select>
    </div>
    <div>
      <label for="supportUntil">Or let all end on one day</label>
      <FieldProblem errors={draft.errors} name="supportUntil" />
      <input
        id="supportUntil"
        type="date"
        name="supportUntil"
        value={draft.supportUntil}
        {...described({ errors: draft.errors, name: 'supportUntil' })}
        {...reckons(preview)}
      />
      <small>Each license pays its own days up to then. Leave it empty to count in years.</small>
    </div>
  </>
)

/** What a change of the form replaces. */
export const SupportCost = ({ cost }: { cost: PaidCost }) => (
  <section class="card" id="cost" aria-live="polite">
    <h2>What it costs</h2>
    {'why' in cost ? <p class="due">{cost.why}.</p> : <QuoteLines {...cost} />}
    <p class="soft">Next comes a quote of exactly this, which you pay in the shop; it adds the tax of your country.</p>
  </section>
)
