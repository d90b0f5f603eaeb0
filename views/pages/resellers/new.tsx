import type { FieldError } from '#src/domain/refusal.ts'
import { described, ErrorSummary, FieldProblem } from '../../components/error-summary.tsx'
import { type Frame, Portal } from '../../layouts/portal.tsx'
import { paths } from '../../paths.ts'
import { type Noun, titleOf } from './list.tsx'
import { ProductBoxes } from './products.tsx'

/** An account under way: what was typed stays, except a password of one's own. */
export type ResellerDraft = {
  readonly login: string
  readonly email: string
  readonly name: string
  readonly products: readonly string[]
  /** A random password that was made for this form. */
  readonly made: string
  readonly request: string
  readonly errors: readonly FieldError[]
}

type Props = {
  frame: Frame
  noun: Noun
  draft: ResellerDraft
  products: readonly { code: string; name: string }[]
}

/** The form that makes an account below: login, password, e-mail, products (R140–R148). */
export const NewResellerPage = ({ frame, noun, draft, products }: Props) => (
  <Portal frame={frame} title={`Add a new ${noun}`} error={draft.errors.length > 0}>
    <nav aria-label="Breadcrumb">
      <a href={paths.resellers}>{titleOf(noun)}</a> › New
    </nav>
    <h1>Add a new {noun}</h1>
    <ErrorSummary errors={draft.errors} />
    <form class="form" method="post" action={paths.resellers} novalidate>
      <input type="hidden" name="request" value={draft.request} />
      <button type="submit" class="hide" tabindex={-1}>
        Add
      </button>
      <Text name="login" label="Login" draft={draft} autocomplete="off" hint="Letters, digits, dots and dashes." />
      <Password made={draft.made} errors={draft.errors} />
      <Text name="email" label="E-mail" draft={draft} type="email" autocomplete="off" />
      <Text
        name="name"
        label="Name"
        draft={draft}
        autocomplete="off"
        hint="The company’s. Leave it empty to use the login."
      />
      <ProductBoxes products={products} chosen={draft.products} errors={draft.errors} />
      <p class="soft">
        A letter with login, address and a link that sets the password goes to the e-mail. A password is never mailed.
      </p>
      <p class="row">
        <button type="submit" class="main">
          Add
        </button>
        <a class="button" href={paths.resellers}>
          Cancel
        </a>
      </p>
    </form>
  </Portal>
)

type TextProps = {
  name: 'login' | 'email' | 'name'
  label: string
  draft: ResellerDraft
  type?: 'text' | 'email'
  autocomplete: string
  hint?: string
}

const Text = ({ name, label, draft, type = 'text', autocomplete, hint }: TextProps) => (
  <div>
    <label for={name}>{label}</label>
    {hint && (
      <p class="soft" id={`${name}-hint`}>
        {hint}
      </p>
    )}
    <FieldProblem errors={draft.errors} name={name} />
    <input
      id={name}
      name={name}
      type={type}
      value={draft[name]}
      autocomplete={autocomplete}
      {...described({ errors: draft.errors, name }, hint !== undefined)}
    />
  </div>
)

const Password = ({ made, errors }: { made: string; errors: readonly FieldError[] }) => (
  <div>
    <label for="password">Password</label>
    <p class="soft" id="password-hint">
      We recommend a random one, for safety. It must be changed at first use. Leave it empty to let the mailed link
      alone set one.
    </p>
    <FieldProblem errors={errors} name="password" />
    <span class="field">
      <input
        id="password"
        name="password"
        type={made ? 'text' : 'password'}
        class="mono"
        value={made}
        maxlength={256}
        autocomplete="new-password"
        {...described({ errors, name: 'password' }, true)}
      />
      <button type="submit" name="random" value="yes">
        Random
      </button>
    </span>
  </div>
)
