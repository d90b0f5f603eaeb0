import type { ActivationKeySummary } from '#src/domain/activation-keys/activation-key.ts'
import type { FieldError } from '#src/domain/refusal.ts'
import { described, FieldProblem } from '../../components/error-summary.tsx'
import { paths } from '../../paths.ts'
import { type KeyTexts, LimitFields, NoteField } from './fields.tsx'

/** A key under edit: what was typed stays, whatever was wrong with it. */
export type EditDraft = {
  readonly texts: KeyTexts
  readonly makeDefault: boolean
  readonly version: number
  readonly request: string
  readonly errors: readonly FieldError[]
}

type Props = { readonly activationKey: ActivationKeySummary; readonly draft: EditDraft }

/** Name, note, limits of a key, and whether it takes the default's place (R217). */
export const EditKey = ({ activationKey: key, draft }: Props) => {
  const { texts, errors } = draft
  return (
    <section>
      <h2 id="edit">Edit key</h2>
      <form class="form" method="post" action={paths.activationKey(key.id)} novalidate>
        <input type="hidden" name="version" value={draft.version} />
        <input type="hidden" name="request" value={draft.request} />
        <div>
          <label for="name">Name</label>
          <FieldProblem errors={errors} name="name" />
          <input
            type="text"
            id="name"
            name="name"
            value={texts.name}
            dir="auto"
            {...described({ errors, name: 'name' })}
          />
        </div>
        <NoteField texts={texts} errors={errors} />
        <LimitFields texts={texts} errors={errors} />
        {!key.isDefault && key.productName && (
          <label class="field">
            <input type="checkbox" name="default" value="yes" checked={draft.makeDefault} />
            Make it the default key of {key.productName}, in place of the one that is
          </label>
        )}
        <button type="submit">Save</button>
      </form>
    </section>
  )
}
