import { actsAs, lifetimes, longestKeyName, type TypedApiKey } from '#src/domain/api-keys/wanted.ts'
import type { FieldError } from '#src/domain/refusal.ts'
import { described, ErrorSummary, FieldProblem } from '../../components/error-summary.tsx'
import { hx } from '../../hx.ts'
import { type Frame, Portal } from '../../layouts/portal.tsx'
import { paths } from '../../paths.ts'
import { accessNames, actsAsNames, lifetimeNames } from './words.ts'

/** A key under way: what was typed stays. */
export type ApiKeyDraft = TypedApiKey & { readonly request: string; readonly errors: readonly FieldError[] }

/** The form that makes an API key. */
export const NewApiKeyPage = ({ frame, draft }: { frame: Frame; draft: ApiKeyDraft }) => (
  <Portal frame={frame} title="New API key" error={draft.errors.length > 0}>
    <nav aria-label="Breadcrumb">
      <a href={paths.apiKeys}>API keys</a> › New
    </nav>
    <h1>New API key</h1>
    <ErrorSummary errors={draft.errors} />
    <form class="form" method="post" action={paths.apiKeys} novalidate {...hx({ disable: 'find button' })}>
      <input type="hidden" name="request" value={draft.request} />
      <div>
        <label for="name">Name</label>
        <small id="name-hint">What uses it, such as “Nightly inventory”.</small>
        <FieldProblem errors={draft.errors} name="name" />
        <input
          id="name"
          name="name"
          type="text"
          value={draft.name}
          maxlength={longestKeyName}
          autocomplete="off"
          {...described({ errors: draft.errors, name: 'name' }, true)}
        />
      </div>
      <Choice name="access" label="May" draft={draft} options={Object.entries(accessNames)} />
      <Choice
        name="as"
        label="Acts as"
        hint="One of the roles of your account. The master login’s rights include API keys and logins."
        draft={draft}
        options={actsAs.map((one) => [one, actsAsNames[one]])}
      />
      <Choice name="lifetime" label="Works" draft={draft} options={lifetimes.map((one) => [one, lifetimeNames[one]])} />
      <div>
        <label for="ranges">Only from these addresses</label>
        <small id="ranges-hint">
          IPv4 or IPv6 addresses and ranges such as 192.0.2.0/24 or 2001:db8::/32, one a line. Leave it empty to allow
          every address.
        </small>
        <FieldProblem errors={draft.errors} name="ranges" />
        <textarea
          id="ranges"
          name="ranges"
          rows={3}
          class="mono"
          spellcheck={false}
          {...described({ errors: draft.errors, name: 'ranges' }, true)}
        >
          {draft.ranges}
        </textarea>
      </div>
      <p class="soft">The key is shown once, on the next page. A letter tells you that it was made.</p>
      <p class="row">
        <button type="submit" class="main">
          Make the key
        </button>
        <a class="button" href={paths.apiKeys}>
          Cancel
        </a>
      </p>
    </form>
  </Portal>
)

type ChoiceProps = {
  name: 'access' | 'as' | 'lifetime'
  label: string
  hint?: string
  draft: ApiKeyDraft
  options: readonly (readonly [value: string, text: string])[]
}

const Choice = ({ name, label, hint, draft, options }: ChoiceProps) => (
  <div>
    <label for={name}>{label}</label>
    {hint && <small id={`${name}-hint`}>{hint}</small>}
    <FieldProblem errors={draft.errors} name={name} />
    <select id={name} name={name} {...described({ errors: draft.errors, name }, hint !== undefined)}>
      {options.map(([value, text]) => (
        <option value={value} selected={draft[name] === value}>
          {text}
        </option>
      ))}
    </select>
  </div>
)
