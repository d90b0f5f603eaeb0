import type { ActivationKeySummary, KeyComputer } from '#src/domain/activation-keys/activation-key.ts'
import type { FieldError } from '#src/domain/refusal.ts'
import { described, ErrorSummary, FieldProblem } from '../../components/error-summary.tsx'
import { type Frame, Portal } from '../../layouts/portal.tsx'
import { paths } from '../../paths.ts'
import { capped, counted } from '../../words.ts'
import { Servers } from './removals.tsx'

type Other = { readonly name: string; readonly code: string }

type Props = {
  frame: Frame
  activationKey: ActivationKeySummary
  computers: readonly KeyComputer[]
  /** Keys that may take the licenses. */
  others: readonly Other[]
  moveTo: string
  errors: readonly FieldError[]
}

/** Asks once before a key is removed, and names what it takes along. */
export const RemovalPage = (props: Props) => {
  const { frame, activationKey: key, errors } = props
  return (
    <Portal frame={frame} title={`Remove ${key.name}`} error={errors.length > 0}>
      <nav aria-label="Breadcrumb">
        <a href={paths.activationKeys}>Activation keys</a> ›{' '}
        <a href={paths.activationKey(key.id)}>
          <bdi>{key.name}</bdi>
        </a>{' '}
        › Remove
      </nav>
      <h1>
        Remove the key <bdi>{key.name}</bdi>?
      </h1>
      <ErrorSummary errors={errors} />
      {key.isDefault ? <Stays /> : <Removal {...props} />}
    </Portal>
  )
}

const Stays = () => <p class="note">This is the default key, which new orders join. It cannot be removed.</p>

const Removal = ({ activationKey: key, computers, others, moveTo, errors }: Props) => (
  <form class="form" method="post" action={paths.activationKeyRemoval(key.id)} novalidate>
    <input type="hidden" name="version" value={key.version} />
    <p>
      <code>{key.code}</code> activates nothing any more and cannot be made again. This cannot be undone.
    </p>
    {key.activeComputers > 0 && <Released count={key.activeComputers} computers={computers} />}
    {key.licenses > 0 && (
      <div>
        <label for="moveTo">
          Key that takes {key.licenses === 1 ? 'its license' : `its ${capped(key.licenses)} licenses`}
        </label>
        <small id="moveTo-hint">Another key of your account, as XXXX-XXXX-XXXX-XXXX</small>
        <FieldProblem errors={errors} name="moveTo" />
        <input
          type="text"
          id="moveTo"
          name="moveTo"
          class="mono"
          list="other-keys"
          value={moveTo}
          size={22}
          autocomplete="off"
          {...described({ errors, name: 'moveTo' }, true)}
        />
        <datalist id="other-keys">
          {others.map((other) => (
            <option value={other.code}>{other.name}</option>
          ))}
        </datalist>
      </div>
    )}
    <p class="row">
      <button type="submit" class="main">
        Remove
      </button>
      <a class="button" href={paths.activationKey(key.id)}>
        Keep it
      </a>
    </p>
  </form>
)

const Released = ({ count, computers }: { count: number; computers: readonly KeyComputer[] }) => (
  <>
    <p>
      {counted(count, 'computer')} {count === 1 ? 'is' : 'are'} released and must be activated again with another key.
    </p>
    <Servers computers={computers} count={count} />
  </>
)
