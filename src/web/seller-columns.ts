import type { LedgerRow } from '#src/db/ledger.ts'
import type { ResellerRow } from '#src/db/resellers.ts'
import { resellerStateOf } from '#src/domain/accounts/reseller.ts'
import { creditReasonNames, offerInWords } from '#src/domain/credits/credit.ts'
import type { Column } from '#src/http/csv.ts'

const states = { active: 'Active', suspended: 'Suspended', 'suspended-above': 'Suspended with an account above' }

/** Columns for people: the sellers below. */
export const resellerColumns: readonly Column<ResellerRow>[] = [
  ['Login', (row) => row.login],
  ['Name', (row) => row.name],
  ['Below', (row) => row.parentName],
  ['E-mail', (row) => row.email],
  ['Products', (row) => row.productCodes.join(' ')],
  ['Credits', (row) => row.credits],
  ['Licenses', (row) => (row.licenses > 100 ? '100+' : row.licenses)],
  ['Last sign-in (UTC)', (row) => row.lastSignInAt?.toISOString() ?? null],
  ['State', (row) => states[resellerStateOf(row)]],
  ['Created (UTC)', (row) => row.createdAt.toISOString()],
]

/** Columns for people: the ledger of credits. */
export const creditColumns: readonly Column<LedgerRow>[] = [
  ['Time (UTC)', (row) => row.at.toISOString()],
  ['Offer', (row) => row.offerCode],
  ['Product', (row) => row.productName],
  ['Edition and size', (row) => offerInWords(row)],
  ['Credits', (row) => row.amount],
  ['Why', (row) => creditReasonNames[row.reason]],
  ['Other account', (row) => row.otherAccountName],
  ['Who', (row) => row.actorName],
  ['License', (row) => row.licenseSerial],
  ['Balance after', (row) => row.balanceAfter],
]
