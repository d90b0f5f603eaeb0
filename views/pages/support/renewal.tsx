import type { Day } from '#src/domain/day.ts'
import type { LicenseSummary } from '#src/domain/licenses/license.ts'
import type { FieldError } from '#src/domain/refusal.ts'
import { extensionYears } from '#src/domain/support/extension.ts'
import { type CreditLine, CreditLines } from '../../components/credit-lines.tsx'
import { described, ErrorSummary, FieldProblem } from '../../components/error-summary.tsx'
import { licenseDetail } from '../../components/license-name.tsx'
import { OnDay } from '../../components/time.tsx'
import { hx } from '../../hx.ts'
import { type Frame, Portal } from '../../layouts/portal.tsx'
import { paths } from '../../paths.ts'
import { counted } from '../../words.ts'

/** Support of one license as it would be, or why it stays as it is. */
export type RenewalRow = {
  readonly license: LicenseSummary & { readonly supportId: string | null }
  readonly days: { readonly startsOn: Day; readonly endsOn: Day } | null
  readonly why: string
}

export type RenewalProps = {
  readonly title: string
  /** Where the form goes, and where the same page shows other years. */
  readonly action: string
  readonly preview: string
  readonly rows: readonly RenewalRow[]
  readonly lines: readonly CreditLine[]
  readonly years: number
  readonly errors: readonly FieldError[]
  readonly request: string
}

/** Years of support for one license or many: the days and the total first (R125 R126 R127, Decision 12). */
export const RenewalPage = ({ frame, ...props }: RenewalProps & { frame: Frame }) => (
  <Portal frame={frame} title={props.title} error={props.errors.length > 0}>
    <nav aria-label="Breadcrumb">
      <a href={paths.support}>Support</a> › {props.title}
    </nav>
    <header>
      <h1>{props.title}</h1>
      <p class="soft">Valid support goes on the day after its end; expired support starts again today.</p>
    </header>
    <ErrorSummary errors={props.errors} />
    <RenewalForm {...props} />
    <Reckoning {...props} />
  </Portal>
)

const RenewalForm = ({ title, action, preview, rows, years, errors, request }: RenewalProps) => {
  const good = rows.filter(({ days }) => days !== null)
  return (
    <form class="form" method="post" action={action} novalidate {...hx({ disable: 'find button' })}>
      <input type="hidden" name="request" value={request} />
      {good.map(
        ({ license }) =>
          license.supportId && (
            <>
              <input type="hidden" name="ids" value={license.supportId} />
              <input type="hidden" name="seen" value={`${license.supportId}:${license.supportEndsOn}`} />
            </>
          ),
      )}
      <div>
        <label for="years">Years</label>
        <FieldProblem errors={errors} name="years" />
        <select
          id="years"
          name="years"
          {...described({ errors, name: 'years' })}
          {...hx({
            get: preview,
            trigger: 'change',
            include: 'closest form',
            target: '#reckoning',
            swap: 'outerHTML',
            pushUrl: 'false',
          })}
        >
          {extensionYears.map((one) => (
            <option value={one} selected={one === years}>
              {counted(one, 'year')}
            </option>
          ))}
        </select>
      </div>
      <p class="row">
        {good.length > 0 && (
          <>
            <button type="submit" class="main">
              {title}
            </button>
            <button type="submit" formmethod="get" formaction={preview}>
              Show the total
            </button>
          </>
        )}
        <a class="button" href={paths.support}>
          Cancel
        </a>
      </p>
    </form>
  )
}

/** What other years replace: the total, then the days of each. */
export const Reckoning = ({ rows, lines }: Pick<RenewalProps, 'rows' | 'lines'>) => (
  <section id="reckoning" aria-live="polite">
    {lines.length > 0 && (
      <>
        <h2>What it costs</h2>
        <CreditLines lines={lines} />
        <p class="soft">
          The account that owns a license pays its support. What is extended cannot be shortened again.
        </p>
      </>
    )}
    <h2>{counted(rows.length, 'license')}</h2>
    <table>
      <thead>
        <tr>
          <th scope="col">License</th>
          <th scope="col">End customer</th>
          <th scope="col">Ends now</th>
          <th scope="col">New from – to</th>
        </tr>
      </thead>
      <tbody>
        {rows.map(({ license, days, why }) => (
          <tr>
            <th scope="row">
              {license.productName}
              <br />
              <small>
                {licenseDetail(license)} · <code>{license.serial}</code>
              </small>
            </th>
            <td data-label="End customer">{license.email}</td>
            <td data-label="Ends now">{license.supportEndsOn ? <OnDay day={license.supportEndsOn} /> : 'None'}</td>
            <td data-label="New from – to">
              {days ? (
                <>
                  <OnDay day={days.startsOn} /> – <OnDay day={days.endsOn} />
                </>
              ) : (
                <span class="due">{why}</span>
              )}
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  </section>
)
