import { type ReportKind, reportNames } from '#src/domain/reports/report.ts'
import { type ReportColumn, type ReportSort, reportColumns } from '#src/domain/reports/sorting.ts'
import { type Schedule, scheduleWords } from '#src/domain/reports/timing.ts'
import { SortHead } from '../../components/list-tools.tsx'
import { At } from '../../components/time.tsx'
import { hx } from '../../hx.ts'
import { type Frame, Portal } from '../../layouts/portal.tsx'
import { paths } from '../../paths.ts'
import { counted } from '../../words.ts'
import { leadWords } from './lead-words.ts'

/** A report as the list shows it. */
export type ReportView = {
  readonly id: string
  readonly kind: ReportKind
  readonly productName: string | null
  readonly leadDays: number
  readonly schedule: Schedule
  readonly active: boolean
  readonly nextDueAt: Date
  readonly version: number
  readonly emails: readonly { email: string; state: 'reached' | 'asked' | 'unsubscribed' }[]
}

type Props = {
  frame: Frame
  reports: readonly ReportView[]
  sort: ReportSort
  mayEdit: boolean
  requests: readonly string[]
}

/** The account's reports by mail: what, to whom, how often, and whether it is on (R271 R272 R273). */
export const ReportsPage = ({ frame, reports, sort, mayEdit, requests }: Props) => (
  <Portal frame={frame} title="Reports">
    <header>
      <h1>Reports</h1>
      <p class="soft">Lists by mail, by themselves: what ends, what is silent, what runs low.</p>
    </header>
    {mayEdit && (
      <p>
        <a class="button main" href={paths.newReport}>
          Add config
        </a>
      </p>
    )}
    {reports.length === 0 ? <Nothing mayEdit={mayEdit} /> : <Table {...{ reports, sort, mayEdit, requests }} />}
  </Portal>
)

const Nothing = ({ mayEdit }: Pick<Props, 'mayEdit'>) => (
  <div class="card">
    <p role="status">No reports yet.</p>
    <p>
      {mayEdit
        ? 'Add one, and a letter tells you in time which support ends, before a customer does.'
        : 'Somebody of your account with more rights can add one.'}
    </p>
  </div>
)

const heads: Record<ReportColumn, string> = {
  report: 'Report',
  product: 'Product',
  emails: 'Emails',
  frequency: 'Frequency',
  active: 'Active',
}

const Table = ({ reports, sort, mayEdit, requests }: Omit<Props, 'frame'>) => (
  <>
    {mayEdit && <BulkForm />}
    <table>
      <caption>
        <span role="status">{counted(reports.length, 'report')}</span>
      </caption>
      <thead>
        <tr>
          {mayEdit && (
            <th class="sort" scope="col">
              <span class="hide">Mark</span>
              <input type="checkbox" hidden data-all="bulk" aria-label="Mark all on this page" />
            </th>
          )}
          {reportColumns.map((column) => (
            <SortHead path={paths.reports} query={{}} sort={sort} by={column} first={column}>
              {heads[column]}
            </SortHead>
          ))}
          <th scope="col">Operations</th>
        </tr>
      </thead>
      <tbody>
        {reports.map((report, i) => (
          <Row report={report} mayEdit={mayEdit} request={requests[i] ?? ''} />
        ))}
      </tbody>
    </table>
  </>
)

/** The marked rows go to a page that says what will happen. */
const BulkForm = () => (
  <form id="bulk" action={paths.bulkReports} class="row" {...hx({ boost: 'false' })}>
    <span class="soft">Marked rows:</span>
    <button type="submit" name="act" value="pause">
      Pause
    </button>
    <button type="submit" name="act" value="resume">
      Switch on
    </button>
    <button type="submit" name="act" value="remove">
      Remove
    </button>
  </form>
)

const Row = ({ report, mayEdit, request }: { report: ReportView; mayEdit: boolean; request: string }) => (
  <tr>
    {mayEdit && (
      <td>
        <input
          type="checkbox"
          name="id"
          value={report.id}
          form="bulk"
          aria-label={`Mark ${reportNames[report.kind]}`}
        />
      </td>
    )}
    <th scope="row">
      <a href={paths.report(report.id)}>{reportNames[report.kind]}</a>
      <small class="soft"> {leadWords(report)}</small>
    </th>
    <td data-label="Product">{report.productName ?? 'All products'}</td>
    <td data-label="Emails" class="any">
      {report.emails.map(({ email, state }, i) => (
        <div>
          {email}
          {state !== 'reached' && <small class="soft"> {state === 'asked' ? 'was asked' : 'unsubscribed'}</small>}
          {state === 'asked' && mayEdit && <AskAgain id={report.id} email={email} request={`${request}-${i}`} />}
        </div>
      ))}
    </td>
    <td data-label="Frequency">{scheduleWords(report.schedule)}</td>
    <td data-label="Active">
      {mayEdit ? <Switch report={report} request={request} /> : report.active ? 'On' : 'Paused'}
      {report.active && (
        <small class="soft">
          next <At at={report.nextDueAt} />
        </small>
      )}
    </td>
    <td data-label="Operations">
      {mayEdit && (
        <>
          <a class="act" href={paths.reportEdit(report.id)}>
            Edit
            <span class="hide"> {reportNames[report.kind]}</span>
          </a>{' '}
          <a class="act" href={paths.reportRemoval(report.id)}>
            Remove
            <span class="hide"> {reportNames[report.kind]}</span>
          </a>
        </>
      )}
    </td>
  </tr>
)

/** Mails an address that has not answered once more. */
const AskAgain = ({ id, email, request }: { id: string; email: string; request: string }) => (
  <form method="post" action={paths.reportConfirmations(id)} {...hx({ disable: 'find button' })}>
    <input type="hidden" name="request" value={request} />
    <input type="hidden" name="email" value={email} />
    <button type="submit">
      Ask again<span class="hide">: {email}</span>
    </button>
  </form>
)

/** Pauses a report, or switches it on again. */
export const Switch = ({
  report,
  request,
}: {
  report: Pick<ReportView, 'id' | 'active' | 'version' | 'kind'>
  request: string
}) => (
  <form method="post" action={paths.reportStates(report.id)} {...hx({ disable: 'find button' })}>
    <input type="hidden" name="version" value={report.version} />
    <input type="hidden" name="request" value={request} />
    <input type="hidden" name="active" value={report.active ? 'false' : 'true'} />
    <button type="submit">
      {report.active ? 'On: pause' : 'Paused: switch on'}
      <span class="hide"> {reportNames[report.kind]}</span>
    </button>
  </form>
)
