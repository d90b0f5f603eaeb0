import { type ApiKeySummary, apiKeyStateOf } from '#src/domain/api-keys/api-key.ts'
import { overlaps } from '#src/domain/api-keys/wanted.ts'
import type { FieldError } from '#src/domain/refusal.ts'
import { described, ErrorSummary, FieldProblem } from '../../components/error-summary.tsx'
import { At, Zone } from '../../components/time.tsx'
import { type Frame, Portal } from '../../layouts/portal.tsx'
import { paths, withQuery } from '../../paths.ts'
import { overlapNames, rangesOf, rightsOf, stateNames } from './words.ts'

type Props = {
  frame: Frame
  apiKey: ApiKeySummary
  now: Date
  request: string
  errors: readonly FieldError[]
}

/** One API key: what it may, and how to replace or end it. */
export const ApiKeyPage = ({ frame, apiKey: key, now, request, errors }: Props) => {
  const state = apiKeyStateOf(key, now)
  return (
    <Portal frame={frame} title={key.name} error={errors.length > 0}>
      <nav aria-label="Breadcrumb">
        <a href={paths.apiKeys}>API keys</a> › <bdi>{key.name}</bdi>
      </nav>
      <h1>
        <bdi>{key.name}</bdi>
      </h1>
      <ErrorSummary errors={errors} />
      <Facts apiKey={key} now={now} />
      {state === 'active' && (
        <>
          <Rotation id={key.id} request={request} errors={errors} />
          <Revocation id={key.id} />
        </>
      )}
    </Portal>
  )
}

const Facts = ({ apiKey: key, now }: { apiKey: ApiKeySummary; now: Date }) => {
  const { text, tone } = stateNames[apiKeyStateOf(key, now)]
  return (
    <dl class="card">
      <dt>State</dt>
      <dd class={tone}>{text}</dd>
      <dt>Begins with</dt>
      <dd>
        <code>{key.hint}…</code>
      </dd>
      <dt>Acts as</dt>
      <dd>{rightsOf(key)}</dd>
      <dt>From</dt>
      <dd>{rangesOf(key)}</dd>
      <dt>
        Made (<Zone />)
      </dt>
      <dd>
        <At at={key.createdAt} />
      </dd>
      <dt>
        Last used (<Zone />)
      </dt>
      <dd>{key.lastUsedAt ? <At at={key.lastUsedAt} /> : 'Never'}</dd>
      <dt>
        Ends (<Zone />)
      </dt>
      <dd>{key.expiresAt ? <At at={key.expiresAt} /> : 'When it is revoked'}</dd>
      <dt>Audit trail</dt>
      <dd>
        <a href={withQuery(paths.events, { subject: key.id })}>What happened to it</a>
      </dd>
    </dl>
  )
}

const Rotation = ({ id, request, errors }: Pick<Props, 'request' | 'errors'> & { id: string }) => (
  <section>
    <h2>Rotate</h2>
    <p>Makes a new key with the same rights. Put it where this one is used while both work.</p>
    <form class="form" method="post" action={paths.apiKeyRotations(id)} novalidate>
      <input type="hidden" name="request" value={request} />
      <div>
        <label for="overlap">This key works yet</label>
        <FieldProblem errors={errors} name="overlap" />
        <select id="overlap" name="overlap" {...described({ errors, name: 'overlap' })}>
          {overlaps.map((one) => (
            <option value={one} selected={one === '24'}>
              {overlapNames[one]}
            </option>
          ))}
        </select>
      </div>
      <button type="submit">Make a new key</button>
    </form>
  </section>
)

const Revocation = ({ id }: { id: string }) => (
  <section>
    <h2>Revoke</h2>
    <p>Every script that uses this key is refused from its next call on. This cannot be undone.</p>
    <form method="post" action={paths.apiKeyRevocations(id)}>
      <button type="submit" class="bad">
        Revoke this key
      </button>
    </form>
  </section>
)
