import type { KeyRow } from '#src/db/activation-keys.ts'
import type { EventRow } from '#src/db/events.ts'
import type { LicenseRow } from '#src/db/licenses.ts'
import type { OrderRow } from '#src/db/order-lists.ts'
import { sizeOf } from '#src/domain/catalog/offer.ts'
import { type Day, dayOf } from '#src/domain/day.ts'
import { eventActionNames } from '#src/domain/events/actions.ts'
import { exponentOf } from '#src/domain/money.ts'
import { supportStatus } from '#src/domain/support/support.ts'
import type { Column } from '#src/http/csv.ts'
import { sideInWords } from '#views/event-words.ts'

/** Columns for people: words as headings, amounts as decimals for a spreadsheet. */
export const licenseColumns = (today: Day): readonly Column<LicenseRow>[] => [
  ['Serial number', (row) => row.serial],
  ['Product', (row) => row.productName],
  ['Edition', (row) => row.editionName],
  ['Size', (row) => sizeOf(row.size)],
  ['Unit', (row) => row.unit],
  ['Kind', (row) => row.kind],
  ['Ends on', (row) => row.endsOn],
  ['Date', (row) => row.boughtOn],
  ['Order number', (row) => row.orderReference],
  ['Activation key', (row) => row.activationKey],
  ['E-mail', (row) => row.email],
  ['Computer', (row) => row.computerName],
  ['Support from', (row) => row.supportStartsOn],
  ['Support to', (row) => row.supportEndsOn],
  ['Support', (row) => supportStatus(row.supportEndsOn, today)],
  ['Comment', (row) => row.comment],
]

export const activationKeyColumns: readonly Column<KeyRow>[] = [
  ['Name', (row) => row.name],
  ['Key', (row) => row.code],
  ['Account', (row) => row.accountName],
  ['Product', (row) => row.productName],
  ['Note', (row) => row.note],
  ['Default', (row) => (row.isDefault ? 'yes' : 'no')],
  ['Licenses', (row) => (row.licenses > 100 ? '100+' : row.licenses)],
  ['Servers', (row) => row.activeComputers],
  ['Server limit', (row) => row.computerLimit ?? 'unlimited'],
  ['Made', (row) => dayOf(row.createdAt)],
]

/** The same of their support, with whose they are. */
export const supportColumns = (today: Day): readonly Column<LicenseRow>[] => [
  ['Serial number', (row) => row.serial],
  ['Product', (row) => row.productName],
  ['Edition', (row) => row.editionName],
  ['Size', (row) => sizeOf(row.size)],
  ['Unit', (row) => row.unit],
  ['Owner', (row) => row.accountName],
  ['E-mail', (row) => row.email],
  ['Support', (row) => supportStatus(row.supportEndsOn, today)],
  ['Support from', (row) => row.supportStartsOn],
  ['Support to', (row) => row.supportEndsOn],
  ['Comment', (row) => row.comment],
]

const decimal = (minor: number, currency: string): string =>
  (minor / 10 ** exponentOf(currency)).toFixed(exponentOf(currency))

export const orderColumns: readonly Column<OrderRow>[] = [
  ['Date (UTC)', (row) => row.orderedAt.toISOString()],
  ['Reference', (row) => row.reference],
  ['Name', (row) => row.name],
  ['E-mail', (row) => row.email],
  ['Country', (row) => row.country],
  ['City', (row) => row.city],
  ['Total', (row) => decimal(row.totalMinor, row.currency)],
  ['Tax', (row) => decimal(row.taxMinor, row.currency)],
  ['Currency', (row) => row.currency],
  ['Test order', (row) => (row.live ? 'no' : 'yes')],
]

export const eventColumns: readonly Column<EventRow>[] = [
  ['Time (UTC)', (row) => row.at.toISOString()],
  ['Who', (row) => row.actorName],
  ['What', (row) => eventActionNames[row.action]],
  ['Of', (row) => row.subjectName],
  ['Before', (row) => sideInWords(row.before)],
  ['After', (row) => sideInWords(row.after)],
  ['From address', (row) => row.address],
]
