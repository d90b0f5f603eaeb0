import type { FieldError } from '#src/domain/refusal.ts'
import { described, FieldProblem } from '../../components/error-summary.tsx'

/** The fields of a key as they are typed. */
export type KeyTexts = {
  readonly name: string
  readonly note: string
  readonly computerLimit: string
  readonly expiresOn: string
  readonly allowedRanges: string
}

type Props = { readonly texts: KeyTexts; readonly errors: readonly FieldError[] }

export const NoteField = ({ texts, errors }: Props) => (
  <div>
    <label for="note">Note</label>
    <FieldProblem errors={errors} name="note" />
    <textarea id="note" name="note" rows={2} dir="auto" {...described({ errors, name: 'note' })}>
      {texts.note}
    </textarea>
  </div>
)

/** How many servers a key activates, until when, and from where. */
export const LimitFields = ({ texts, errors }: Props) => (
  <>
    <div>
      <label for="computerLimit">Server limit</label>
      <small id="computerLimit-hint">
        How many servers it activates at most. Empty: as many as there are licenses for.
      </small>
      <FieldProblem errors={errors} name="computerLimit" />
      <input
        type="text"
        id="computerLimit"
        name="computerLimit"
        value={texts.computerLimit}
        inputmode="numeric"
        size={8}
        autocomplete="off"
        {...described({ errors, name: 'computerLimit' }, true)}
      />
    </div>
    <div>
      <label for="expiresOn">Last day</label>
      <small id="expiresOn-hint">It activates nothing after this day. Empty: it never ends.</small>
      <FieldProblem errors={errors} name="expiresOn" />
      <input
        type="date"
        id="expiresOn"
        name="expiresOn"
        value={texts.expiresOn}
        {...described({ errors, name: 'expiresOn' }, true)}
      />
    </div>
    <div>
      <label for="allowedRanges">Allowed addresses</label>
      <small id="allowedRanges-hint">
        One address or CIDR range a line, such as 192.0.2.0/24. Empty: it activates from everywhere.
      </small>
      <FieldProblem errors={errors} name="allowedRanges" />
      <textarea
        id="allowedRanges"
        name="allowedRanges"
        class="mono"
        rows={3}
        spellcheck={false}
        {...described({ errors, name: 'allowedRanges' }, true)}
      >
        {texts.allowedRanges}
      </textarea>
    </div>
  </>
)
