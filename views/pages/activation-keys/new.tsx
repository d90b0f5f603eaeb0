import { codeError } from '#src/domain/activation-keys/code.ts'
import { type KeyDraft, mostKeys } from '#src/domain/activation-keys/wanted.ts'
import type { FieldError } from '#src/domain/refusal.ts'
import { described, ErrorSummary, FieldProblem } from '../../components/error-summary.tsx'
import { hx } from '../../hx.ts'
import { type Frame, Portal } from '../../layouts/portal.tsx'
import { paths } from '../../paths.ts'

type Props = {
  frame: Frame
  draft: KeyDraft
  /** Makes a form sent twice one act. */
  request: string
  errors: readonly FieldError[]
}

/** The form for one key or many. */
export const NewKeyPage = ({ frame, draft, request, errors }: Props) => (
  <Portal frame={frame} title="Create an activation key" error={errors.length > 0}>
    <nav aria-label="Breadcrumb">
      <a href={paths.activationKeys}>Activation keys</a> › New
    </nav>
    <h1>Create an activation key</h1>
    <ErrorSummary errors={errors} />
    <form class="form" method="post" action={paths.activationKeys} novalidate>
      <input type="hidden" name="request" value={request} />
      <EnterAdds />
      <div>
        <label for="name">Name</label>
        <small id="name-hint">Whom or what it is for, such as the end customer</small>
        <FieldProblem errors={errors} name="name" />
        <input
          type="text"
          id="name"
          name="name"
          value={draft.name}
          dir="auto"
          {...described({ errors, name: 'name' }, true)}
        />
      </div>
      <CodeField code={draft.code} errors={errors} />
      <div>
        <label for="note">Note</label>
        <FieldProblem errors={errors} name="note" />
        <textarea id="note" name="note" rows={2} dir="auto" {...described({ errors, name: 'note' })}>
          {draft.note}
        </textarea>
      </div>
      <div>
        <label for="count">How many</label>
        <small id="count-hint">
          Up to {mostKeys} at once, named “Name 1”, “Name 2” and so on, each with a random key
        </small>
        <FieldProblem errors={errors} name="count" />
        <input
          type="text"
          id="count"
          name="count"
          value={draft.count}
          inputmode="numeric"
          autocomplete="off"
          {...described({ errors, name: 'count' }, true)}
        />
      </div>
      <p class="row">
        <button type="submit" class="main">
          Add
        </button>
        <a class="button" href={paths.activationKeys}>
          Cancel
        </a>
      </p>
    </form>
  </Portal>
)

/** The Enter key presses the first button of a form, which would be "Random". */
const EnterAdds = () => (
  <button type="submit" class="hide" tabindex={-1}>
    Add
  </button>
)

/** The key itself: typed and checked as it is, or made at random. */
export const CodeField = ({ code, errors }: { code: string; errors: readonly FieldError[] }) => (
  <div id="code-field">
    <label for="code">Key</label>
    <small id="code-hint">
      XXXX-XXXX-XXXX-XXXX, letters A to Z and digits; O counts as 0, I and L as 1. Empty: a random one is made.
    </small>
    <FieldProblem errors={errors} name="code" />
    <span class="row">
      <input
        type="text"
        id="code"
        name="code"
        class="mono"
        value={code}
        size={22}
        maxlength={40}
        autocomplete="off"
        autocapitalize="characters"
        spellcheck={false}
        {...described({ errors, name: 'code' }, true)}
        {...hx({
          get: paths.newActivationKey,
          target: '#code-check',
          swap: 'outerHTML',
          trigger: 'input changed delay:250ms',
          sync: 'replace',
          include: 'this',
        })}
      />
      <button
        type="submit"
        name="random"
        value="yes"
        formmethod="get"
        formaction={paths.newActivationKey}
        {...hx({
          get: `${paths.newActivationKey}?random=yes`,
          target: '#code-field',
          swap: 'outerHTML',
          trigger: 'click',
        })}
      >
        Random
      </button>
    </span>
    <CodeCheck code={errors.some(({ pointer }) => pointer === 'code') ? '' : code} />
  </div>
)

/** What the server thinks of the key so far; nothing of whether it is taken. */
export const CodeCheck = ({ code }: { code: string }) => {
  const error = code === '' ? null : codeError(code)
  return (
    <span id="code-check" role="status" class={error ? 'due' : 'good'}>
      {error ? error.detail : code !== '' && 'The format is right.'}
    </span>
  )
}
