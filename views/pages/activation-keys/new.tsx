import { codeError } from '#src/domain/activation-keys/code.ts'
import { mostKeys } from '#src/domain/activation-keys/wanted.ts'
import type { FieldError } from '#src/domain/refusal.ts'
import { described, ErrorSummary, FieldProblem } from '../../components/error-summary.tsx'
import { hx } from '../../hx.ts'
import { type Frame, Portal } from '../../layouts/portal.tsx'
import { paths } from '../../paths.ts'
import { type KeyTexts, LimitFields, NoteField } from './fields.tsx'

/** New keys as they are asked for, each field as it was typed. */
export type NewKeyTexts = KeyTexts & { readonly code: string; readonly count: string; readonly product: string }

type Props = {
  frame: Frame
  texts: NewKeyTexts
  /** Products that a key can be for. */
  products: readonly { readonly code: string; readonly name: string }[]
  /** Whether a key is for any product unless it says so: a seller's is, a server customer's never. */
  anyProduct: boolean
  /** Makes a form sent twice one act. */
  request: string
  errors: readonly FieldError[]
}

/** The form for one key or many. */
export const NewKeyPage = ({ frame, texts, products, anyProduct, request, errors }: Props) => (
  <Portal frame={frame} title="Create an activation key" error={errors.length > 0}>
    <nav aria-label="Breadcrumb">
      <a href={paths.activationKeys}>Activation keys</a> › New
    </nav>
    <h1>Create an activation key</h1>
    <ErrorSummary errors={errors} />
    <form class="form" method="post" action={paths.activationKeys} novalidate>
      <input type="hidden" name="request" value={request} />
      <EnterAdds />
      {products.length > 0 && (
        <ProductField products={products} chosen={texts.product} anyProduct={anyProduct} errors={errors} />
      )}
      <div>
        <label for="name">Name</label>
        <small id="name-hint">
          Whom or what it is for{anyProduct ? ', such as the end customer' : '. Empty: it is named by its product'}
        </small>
        <FieldProblem errors={errors} name="name" />
        <input
          type="text"
          id="name"
          name="name"
          value={texts.name}
          dir="auto"
          {...described({ errors, name: 'name' }, true)}
        />
      </div>
      <CodeField code={texts.code} errors={errors} />
      <NoteField texts={texts} errors={errors} />
      <details open={!anyProduct || errors.length > 0}>
        <summary>Limits</summary>
        <div class="form">
          <LimitFields texts={texts} errors={errors} />
        </div>
      </details>
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
          value={texts.count}
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

type Choice = Pick<Props, 'products' | 'anyProduct' | 'errors'> & { readonly chosen: string }

const ProductField = ({ products, chosen, anyProduct, errors }: Choice) => (
  <div>
    <label for="product">License type</label>
    <FieldProblem errors={errors} name="product" />
    <select id="product" name="product" {...described({ errors, name: 'product' })}>
      {anyProduct && <option value="">Any product</option>}
      {products.map(({ code, name }) => (
        <option value={code} selected={code === chosen}>
          {name}
        </option>
      ))}
    </select>
  </div>
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
