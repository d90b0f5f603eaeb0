import { isCountry } from '../accounts/countries.ts'
import { looksLikeEmail } from '../accounts/identifier.ts'
import { type FieldError, refuse } from '../refusal.ts'
import { isTimeZone } from '../reports/zone.ts'
import { withoutControls } from '../text.ts'
import { isFormatLocale } from './format-locales.ts'

/** What can be set of a login: who the person is, and how they read. */
export const loginFields = ['title', 'firstName', 'lastName', 'formatLocale', 'timeZone'] as const
/** What can be set of an account: who the company is, and whom money is talked over with. */
export const accountFields = [
  ...['name', 'phone', 'fax', 'addressLine1', 'addressLine2', 'addressLine3', 'country', 'city', 'zip'],
  ...['vatNumber', 'upgradeUrl', 'billingEmail', 'billingFirstName', 'billingLastName'],
] as const as readonly AccountField[]

export type LoginField = (typeof loginFields)[number]
export type AccountField =
  | 'name'
  | 'phone'
  | 'fax'
  | 'addressLine1'
  | 'addressLine2'
  | 'addressLine3'
  | 'country'
  | 'city'
  | 'zip'
  | 'vatNumber'
  | 'upgradeUrl'
  | 'billingEmail'
  | 'billingFirstName'
  | 'billingLastName'
export type SettingsField = LoginField | AccountField

type Rule = {
  readonly label: string
  readonly most: number
  readonly required?: true
  /** The name by which browsers fill it in. */
  readonly autocomplete?: string
  readonly hint?: string
  readonly check?: (value: string) => string | null
}

const isWebAddress = (text: string): boolean => /^https?:\/\/[^\s/]+/.test(text) && URL.canParse(text)

const email = (value: string): string | null =>
  looksLikeEmail(value) ? null : 'Write an e-mail address such as billing@fabrikam.example'

/** What each field is called and what fits in it (R250 R257 R259). */
export const settingsRules: Readonly<Record<SettingsField, Rule>> = {
  title: { label: 'Title', most: 20, autocomplete: 'honorific-prefix' },
  firstName: { label: 'First name', most: 60, required: true, autocomplete: 'given-name' },
  lastName: { label: 'Last name', most: 60, required: true, autocomplete: 'family-name' },
  formatLocale: {
    ...{ label: 'Language of days, times and money', most: 5, hint: 'The words of the portal stay English' },
    check: (value) => (value === '' || isFormatLocale(value) ? null : 'Choose a language of the list'),
  },
  timeZone: {
    ...{ label: 'Time zone', most: 60, hint: 'Days on which something ends are the same everywhere' },
    check: (value) => (value === '' || isTimeZone(value) ? null : 'Choose a time zone of the list'),
  },
  name: { label: 'Company name', most: 120, required: true, autocomplete: 'organization' },
  phone: { label: 'Phone', most: 40, autocomplete: 'tel' },
  fax: { label: 'Fax', most: 40 },
  addressLine1: { label: 'Address', most: 120, autocomplete: 'address-line1' },
  addressLine2: { label: 'Address, second line', most: 120, autocomplete: 'address-line2' },
  addressLine3: { label: 'Address, third line', most: 120, autocomplete: 'address-line3' },
  country: {
    ...{ label: 'Country', most: 2, autocomplete: 'country' },
    check: (code) => (code === '' || isCountry(code) ? null : 'Choose a country of the list'),
  },
  city: { label: 'City', most: 80, autocomplete: 'address-level2' },
  zip: { label: 'Zip / postal code', most: 20, autocomplete: 'postal-code' },
  vatNumber: {
    ...{ label: 'VAT No', most: 20, hint: 'With its country: DE123456789' },
    check: (value) =>
      value === '' || /^[A-Z]{2}[A-Z0-9+*]{2,14}$/i.test(value.replaceAll(/[\s.-]/g, ''))
        ? null
        : 'Write it with its country, such as DE123456789',
  },
  upgradeUrl: {
    ...{
      label: 'Upgrade URL',
      most: 300,
      hint: 'Where customers below you go to upgrade, if not to the portal’s own page',
    },
    check: (value) =>
      value === '' || isWebAddress(value) ? null : 'Write a web address such as https://shop.example/upgrade',
  },
  billingEmail: { label: 'E-mail for billing', most: 254, required: true, autocomplete: 'email', check: email },
  billingFirstName: { label: 'First name', most: 60, autocomplete: 'given-name' },
  billingLastName: { label: 'Last name', most: 60, autocomplete: 'family-name' },
}

/** The tabs whose fields are saved together (R249 R256 R258). */
export const settingsTabs = {
  formats: ['formatLocale', 'timeZone'],
  personal: ['title', 'firstName', 'lastName', 'vatNumber', 'billingEmail', 'upgradeUrl'],
  company: ['name', 'phone', 'fax', 'addressLine1', 'addressLine2', 'addressLine3', 'country', 'city', 'zip'],
  'billing-contact': ['billingFirstName', 'billingLastName', 'billingEmail'],
} as const satisfies Record<string, readonly SettingsField[]>
export type SettingsTab = keyof typeof settingsTabs

export const isLoginField = (field: SettingsField): field is LoginField =>
  (loginFields as readonly string[]).includes(field)

/** Some fields as they would be kept. Refuses `invalid-request`, each field with how to mend it. */
export function settingsFrom<F extends SettingsField>(
  fields: readonly F[],
  typed: Readonly<Record<string, string | undefined>>,
): Record<F, string> {
  const kept = fields.map(
    (field) =>
      [
        field,
        withoutControls(typed[field] ?? '')
          .replace(/\s+/g, ' ')
          .trim(),
      ] as const,
  )
  const errors = kept.flatMap(([field, value]): FieldError[] => {
    const detail = problemOf(settingsRules[field], value)
    return detail ? [{ pointer: field, code: 'invalid', detail }] : []
  })
  if (errors.length > 0) return refuse({ code: 'invalid-request', errors })
  return Object.fromEntries(kept) as Record<F, string>
}

function problemOf({ label, most, required, check }: Rule, value: string): string | null {
  if (required && value === '') return `Write the ${label[0]?.toLowerCase()}${label.slice(1)}`
  if (Array.from(value).length > most) return `Write at most ${most} characters`
  return check?.(value) ?? null
}
