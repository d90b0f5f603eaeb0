import { countryName } from '../accounts/countries.ts'
import type { BillTo } from './invoice.ts'

type Addressed = Omit<BillTo, 'billingFirstName' | 'billingLastName' | 'billingEmail'> &
  Partial<Pick<BillTo, 'billingFirstName' | 'billingLastName' | 'billingEmail'>>

/** An address as it stands on a document, line by line; what is not known is left out. */
export function addressLines(of: Addressed): readonly string[] {
  const { billingFirstName = '', billingLastName = '', billingEmail = '' } = of
  return [
    of.name,
    `${billingFirstName} ${billingLastName}`.trim(),
    ...[of.addressLine1, of.addressLine2, of.addressLine3],
    `${of.zip} ${of.city}`.trim(),
    of.country && countryName(of.country),
    of.vatNumber && `VAT ${of.vatNumber}`,
    billingEmail,
  ].filter((line) => line !== '')
}
