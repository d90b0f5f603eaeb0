import type { FieldError } from '#src/domain/refusal.ts'
import { type SettingsField, type SettingsTab, settingsRules } from '#src/domain/settings/fields.ts'
import { ErrorSummary } from '../../components/error-summary.tsx'
import { SettingsFieldInput } from '../../components/settings-field.tsx'
import { At, Zone } from '../../components/time.tsx'
import { hx } from '../../hx.ts'
import { type Frame, Portal } from '../../layouts/portal.tsx'
import { paths } from '../../paths.ts'
import { moneyInWords } from '../../words.ts'

/** What a tab of the settings shows: some fields as they are, or as they were typed. */
export type SettingsDraft = {
  readonly values: Readonly<Record<string, string>>
  readonly versions: { readonly account: number; readonly login: number | null }
  readonly request: string
  readonly now: Date
  readonly errors: readonly FieldError[]
}

type Props = {
  frame: Frame
  tab: SettingsTab
  fields: readonly SettingsField[]
  /** What stands in the tab and is changed elsewhere or by nobody. */
  fixed: readonly { readonly label: string; readonly value: string; readonly href?: string; readonly act?: string }[]
  draft: SettingsDraft
}

const titles: Record<SettingsTab, string> = {
  personal: 'Personal information',
  formats: 'Days, times and money',
  company: 'Company information',
  'billing-contact': 'Billing contact information',
}
const actions: Record<SettingsTab, string> = {
  personal: paths.settings,
  formats: paths.formats,
  company: paths.company,
  'billing-contact': paths.billingContact,
}

/** A tab of the settings, saved on its own; leaving it with something unsaved asks first (R248 R249 R255 R256 R258). */
export const SettingsPage = ({ frame, tab, fields, fixed, draft }: Props) => (
  <Portal frame={frame} title={titles[tab]} error={draft.errors.length > 0}>
    <h1>{titles[tab]}</h1>
    <ErrorSummary errors={draft.errors} />
    <form
      class="card form"
      method="post"
      action={actions[tab]}
      novalidate
      data-guard="You have changes here that are not saved. Leave without them?"
      {...hx({ disable: 'find button' })}
    >
      <input type="hidden" name="request" value={draft.request} />
      <input type="hidden" name="version" value={draft.versions.account} />
      {draft.versions.login !== null && <input type="hidden" name="loginVersion" value={draft.versions.login} />}
      {fixed.map(({ label, value, href, act }) => (
        <p>
          {label}: <b class="any">{value}</b>{' '}
          {href && (
            <a class="act" href={href}>
              {act}
              <span class="hide"> {label}</span>
            </a>
          )}
        </p>
      ))}
      {tab === 'formats' && <Example now={draft.now} />}
      {fields.map((field) => (
        <SettingsFieldInput field={field} {...draft} />
      ))}
      {fields.some((field) => settingsRules[field].required) && <p class="soft">* must be filled in.</p>}
      <button type="submit" class="main">
        Save
      </button>
    </form>
  </Portal>
)

/** How it looks as it is saved. */
const Example = ({ now }: { now: Date }) => (
  <p class="soft">
    Now: <At at={now} /> <Zone />; {moneyInWords({ minor: 123450, currency: 'EUR' })}. Letters and what scripts and
    spreadsheets get stay in UTC.
  </p>
)
