import type { FieldError } from '#src/domain/refusal.ts'
import { described, FieldProblem } from '../../components/error-summary.tsx'

type Props = {
  products: readonly { code: string; name: string }[]
  chosen: readonly string[]
  errors: readonly FieldError[]
  hint?: string
}

/** A box for each product that can be given (R147). */
export const ProductBoxes = ({ products, chosen, errors, hint }: Props) => (
  <fieldset id="products" tabindex={-1} {...described({ errors, name: 'products' }, hint !== undefined)}>
    <legend>Products</legend>
    {hint && (
      <p class="soft" id="products-hint">
        {hint}
      </p>
    )}
    <FieldProblem errors={errors} name="products" />
    {products.length === 0 && <p>You were given no product yet. Ask whoever made your account for one.</p>}
    {products.map(({ code, name }) => (
      <label class="field">
        <input type="checkbox" name="products" value={code} checked={chosen.includes(code)} /> {name}
      </label>
    ))}
  </fieldset>
)
