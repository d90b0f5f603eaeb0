import type { Child } from 'hono/jsx'
import { type CreditReason, creditReasonNames, type LedgerLine, offerInWords } from '#src/domain/credits/credit.ts'
import { paths } from '../paths.ts'
import { At, Zone } from './time.tsx'

/** Lines of the ledger: when, why, how many, who, and what was left. */
export const LedgerTable = ({ rows, caption }: { rows: readonly LedgerLine[]; caption: Child }) => (
  <table>
    <caption>{caption}</caption>
    <thead>
      <tr>
        <th scope="col">
          When (<Zone />)
        </th>
        <th scope="col">Offer</th>
        <th scope="col">Credits</th>
        <th scope="col">Why</th>
        <th scope="col">Who</th>
        <th scope="col">Balance after</th>
      </tr>
    </thead>
    <tbody>
      {rows.map((line) => (
        <tr>
          <td data-label="When">
            <At at={line.at} />
          </td>
          <th scope="row" data-label="Offer">
            {line.productName}
            <small>{offerInWords(line)}</small>
          </th>
          <td data-label="Credits">
            <span class="mono">{line.amount > 0 ? `+${line.amount}` : `−${-line.amount}`}</span>
          </td>
          <td data-label="Why">
            <Why line={line} />
          </td>
          <td data-label="Who">{line.actorName ?? line.otherAccountName ?? 'A script'}</td>
          <td data-label="Balance after">
            <span class="mono">{line.balanceAfter ?? ''}</span>
          </td>
        </tr>
      ))}
    </tbody>
  </table>
)

const withWhom: Partial<Record<CreditReason, (other: string) => string>> = {
  granted: (other) => `Granted by ${other}`,
  given: (other) => `Given to ${other}`,
  received: (other) => `Received from ${other}`,
  'taken-back': (other) => `Taken back by ${other}`,
}

const Why = ({ line }: { line: LedgerLine }) => {
  const { reason, otherAccountName, licenseId, licenseSerial } = line
  return (
    <>
      {(otherAccountName && withWhom[reason]?.(otherAccountName)) || creditReasonNames[reason]}
      {licenseId && (
        <small>
          license <a href={paths.license(licenseId)}>{licenseSerial}</a>
        </small>
      )}
    </>
  )
}
