import type { FieldError } from '#src/domain/refusal.ts'

/** What is wrong, on top of the page, each line a link to its field; the same words stand at the field. */
export const ErrorSummary = ({ errors }: { errors: readonly FieldError[] }) =>
  errors.length === 0 ? null : (
    <div class="card error" id="error-summary" tabindex={-1}>
      <div role="alert">
        <h2>There is a problem</h2>
        {errors.map((error) => (
          <p>
            {error.pointer ? (
              <a class="bad" href={`#${error.pointer}`}>
                {error.detail}
              </a>
            ) : (
              error.detail
            )}
          </p>
        ))}
      </div>
    </div>
  )

type Field = {
  errors: readonly FieldError[]
  name: string
  /** The id of the field, where it is not its name. */
  id?: string
}

/** The line at a field that says what is wrong with it. */
export const FieldProblem = ({ errors, name, id = name }: Field) => {
  const wrong = errors.filter((one) => one.pointer === name)
  return wrong.length > 0 ? (
    <p class="bad" id={`${id}-error`}>
      <span class="hide">Error: </span>
      {wrong.map(({ detail }) => detail).join('. ')}
    </p>
  ) : null
}

/** The attributes that tie a field to its hint and its error. */
export function described({ errors, name, id = name }: Field, hint?: boolean) {
  const wrong = errors.some((one) => one.pointer === name)
  const by = [hint ? `${id}-hint` : '', wrong ? `${id}-error` : ''].filter(Boolean).join(' ')
  return { ...(by ? { 'aria-describedby': by } : {}), ...(wrong ? { 'aria-invalid': 'true' } : {}) }
}
