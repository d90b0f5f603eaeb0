import type { ActivationKeySummary } from '#src/domain/activation-keys/activation-key.ts'
import type { FieldError } from '#src/domain/refusal.ts'
import { ErrorSummary } from '../../components/error-summary.tsx'
import { hx } from '../../hx.ts'
import { type Frame, Portal } from '../../layouts/portal.tsx'
import { paths } from '../../paths.ts'
import { counted } from '../../words.ts'

type Along = { readonly keyId: string; readonly name: string; readonly ip: string | null }

type Props = {
  frame: Frame
  keys: readonly ActivationKeySummary[]
  /** Computers that go along, as many as are named. */
  computers: readonly Along[]
  /** The list to go back to. */
  back: string
  request: string
  errors: readonly FieldError[]
}

/** Why a key stays, or nothing. */
function whyStays({ isOwn, isDefault, licenses, accountName }: ActivationKeySummary): string | null {
  if (!isOwn) return `Stays: it is ${accountName}’s`
  if (isDefault) return 'Stays: it is the default key'
  return licenses > 0 ? 'Stays: it holds licenses. Remove it from its own page, where another key takes them' : null
}

/** What will happen to each of the marked keys, and which servers go along, before anything does. */
export const RemovalsPage = ({ frame, keys, computers, back, request, errors }: Props) => {
  const going = keys.filter((key) => whyStays(key) === null)
  const servers = going.reduce((sum, key) => sum + key.activeComputers, 0)
  const along = computers.filter(({ keyId }) => going.some(({ id }) => id === keyId))
  return (
    <Portal frame={frame} title="Remove activation keys" error={errors.length > 0}>
      <nav aria-label="Breadcrumb">
        <a href={paths.activationKeys}>Activation keys</a> › Remove
      </nav>
      <header>
        <h1>Remove activation keys</h1>
        <p>
          {counted(going.length, 'key')} of {keys.length} will be removed and can never be made again
          {servers > 0 &&
            `; with ${going.length === 1 ? 'it' : 'them'} ${counted(servers, 'server')}, whose products stop`}
          .
        </p>
      </header>
      <ErrorSummary errors={errors} />
      <form
        class="form"
        method="post"
        action={paths.activationKeyRemovals}
        novalidate
        {...hx({ disable: 'find button' })}
      >
        <input type="hidden" name="request" value={request} />
        <input type="hidden" name="back" value={back} />
        {going.map(({ id }) => (
          <input type="hidden" name="id" value={id} />
        ))}
        <p class="row">
          {going.length > 0 && (
            <button type="submit" class="main">
              Remove {counted(going.length, 'key')}
            </button>
          )}
          <a class="button" href={back}>
            {going.length > 0 ? 'Keep them' : 'Back to the list'}
          </a>
        </p>
      </form>
      <Keys keys={keys} />
      {along.length > 0 && <Servers computers={along} count={servers} />}
    </Portal>
  )
}

const Keys = ({ keys }: Pick<Props, 'keys'>) => (
  <table>
    <caption>What will happen</caption>
    <thead>
      <tr>
        <th scope="col">Activation key</th>
        <th scope="col">Servers</th>
        <th scope="col">What will happen</th>
      </tr>
    </thead>
    <tbody>
      {keys.map((key) => {
        const why = whyStays(key)
        return (
          <tr>
            <th scope="row">
              <a href={paths.activationKey(key.id)}>
                <bdi>{key.name}</bdi>
              </a>
              <small>
                <code>{key.code}</code>
              </small>
            </th>
            <td data-label="Servers">{key.activeComputers}</td>
            <td data-label="What will happen">
              <span class={why ? 'due' : 'good'}>{why ?? 'Will be removed'}</span>
            </td>
          </tr>
        )
      })}
    </tbody>
  </table>
)

/** The servers by name and address; of very many the first (`facts.md`). */
export const Servers = ({ computers, count }: { computers: readonly Omit<Along, 'keyId'>[]; count: number }) => (
  <table>
    <caption>
      {counted(count, 'server')} that {count === 1 ? 'goes' : 'go'} along
      {count > computers.length && `, ${computers.length} of them here`}
    </caption>
    <thead>
      <tr>
        <th scope="col">Server name</th>
        <th scope="col">IP</th>
      </tr>
    </thead>
    <tbody>
      {computers.map(({ name, ip }) => (
        <tr>
          <th scope="row" class="any">
            <bdi>{name}</bdi>
          </th>
          <td data-label="IP">
            <code>{ip}</code>
          </td>
        </tr>
      ))}
    </tbody>
  </table>
)
