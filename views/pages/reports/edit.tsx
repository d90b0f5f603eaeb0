import type { FieldError } from '#src/domain/refusal.ts'
import { type ReportKind, reportNames } from '#src/domain/reports/report.ts'
import { frequencies, weekdays } from '#src/domain/reports/timing.ts'
import type { TypedReport } from '#src/domain/reports/wanted.ts'
import { described, ErrorSummary, FieldProblem } from '../../components/error-summary.tsx'
import { hx } from '../../hx.ts'
import { type Frame, Portal } from '../../layouts/portal.tsx'
import { paths } from '../../paths.ts'

type Draft = { readonly typed: TypedReport; readonly request: string; readonly errors: readonly FieldError[] }

type Props = {
  frame: Frame
  /** The report under edit; `null` for a new one. */
  report: { readonly id: string; readonly version: number } | null
  draft: Draft
  /** What it may be about, for whoever asks. */
  kinds: readonly ReportKind[]
  products: readonly { code: string; name: string }[]
}

/** What a report is about, to whom it goes and when (R272). */
export const ReportEditPage = ({ frame, report, draft, kinds, products }: Props) => {
  const title = report ? 'Edit report' : 'Add a report'
  return (
    <Portal frame={frame} title={title} error={draft.errors.length > 0}>
      <nav aria-label="Breadcrumb">
        <a href={paths.reports}>Reports</a> › {title}
      </nav>
      <h1>{title}</h1>
      <ErrorSummary errors={draft.errors} />
      <form
        class="form"
        method="post"
        action={report ? paths.report(report.id) : paths.reports}
        novalidate
        {...hx({ disable: 'find button' })}
      >
        <input type="hidden" name="request" value={draft.request} />
        {report && <input type="hidden" name="version" value={report.version} />}
        <About draft={draft} kinds={kinds} products={products} />
        <When draft={draft} />
        <Whom draft={draft} />
        <p class="row">
          <button type="submit" class="main">
            {report ? 'Save' : 'Add report'}
          </button>
          <a class="button" href={paths.reports}>
            Cancel
          </a>
        </p>
      </form>
    </Portal>
  )
}

type Choices = readonly (readonly [value: string, label: string])[]

const Select = ({
  draft,
  name,
  label,
  choices,
}: {
  draft: Draft
  name: keyof TypedReport
  label: string
  choices: Choices
}) => (
  <div>
    <label for={name}>{label}</label>
    <FieldProblem errors={draft.errors} name={name} />
    <select id={name} name={name} {...described({ errors: draft.errors, name })}>
      {choices.map(([value, text]) => (
        <option value={value} selected={value === draft.typed[name]}>
          {text}
        </option>
      ))}
    </select>
  </div>
)

const Text = ({
  draft,
  name,
  label,
  hint,
  numeric,
}: {
  draft: Draft
  name: 'leadDays' | 'monthDay' | 'timeZone'
  label: string
  hint: string
  numeric?: true
}) => (
  <div>
    <label for={name}>{label}</label>
    <FieldProblem errors={draft.errors} name={name} />
    <input
      type="text"
      id={name}
      name={name}
      value={draft.typed[name]}
      autocomplete="off"
      {...(numeric ? { inputmode: 'numeric' } : {})}
      {...described({ errors: draft.errors, name })}
    />
    <small>{hint}</small>
  </div>
)

const About = ({ draft, kinds, products }: Pick<Props, 'draft' | 'kinds' | 'products'>) => (
  <>
    <Select draft={draft} name="kind" label="About" choices={kinds.map((kind) => [kind, reportNames[kind]])} />
    <Select
      draft={draft}
      name="product"
      label="Product"
      choices={[['', 'All products'], ...products.map(({ code, name }) => [code, name] as const)]}
    />
    <Text
      draft={draft}
      name="leadDays"
      label="Days"
      hint="How many days ahead it looks; for how many days computers have been silent; how far back costs go, whole months."
      numeric
    />
  </>
)

const hours: Choices = Array.from({ length: 24 }, (_, i) => [String(i), `${String(i).padStart(2, '0')}:00`])

const When = ({ draft }: { draft: Draft }) => (
  <>
    <Select
      draft={draft}
      name="frequency"
      label="Frequency"
      choices={frequencies.map((one) => [one, `${one[0]?.toUpperCase()}${one.slice(1)}`])}
    />
    <Select
      draft={draft}
      name="weekday"
      label="On (weekly)"
      choices={weekdays.map((name, i) => [String(i + 1), name])}
    />
    <Text
      draft={draft}
      name="monthDay"
      label="Day of the month (monthly)"
      hint="A shorter month has it on its last day."
      numeric
    />
    <Select draft={draft} name="hour" label="At" choices={hours} />
    <Text draft={draft} name="timeZone" label="Time zone" hint="Such as Europe/Paris, or UTC." />
  </>
)

const Whom = ({ draft }: { draft: Draft }) => (
  <>
    <div>
      <label for="emails">Emails</label>
      <FieldProblem errors={draft.errors} name="emails" />
      <textarea id="emails" name="emails" rows={3} {...described({ errors: draft.errors, name: 'emails' })}>
        {draft.typed.emails}
      </textarea>
      <small>One a line. An address that is not of your account is asked by letter before it gets anything.</small>
    </div>
    <p>
      <label>
        <input type="checkbox" name="sendsEmpty" value="true" checked={draft.typed.sendsEmpty} /> Write also when there
        is nothing to report
      </label>
    </p>
  </>
)
