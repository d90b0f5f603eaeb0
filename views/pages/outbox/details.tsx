import { isStuck, type LetterSummary } from '#src/domain/outbox.ts'
import type { FieldError } from '#src/domain/refusal.ts'
import { ErrorSummary } from '../../components/error-summary.tsx'
import { At, Zone } from '../../components/time.tsx'
import { hx } from '../../hx.ts'
import { type Frame, Portal } from '../../layouts/portal.tsx'
import { paths, withQuery } from '../../paths.ts'
import { LetterState, letterName } from './list.tsx'

type Props = {
  frame: Frame
  letter: LetterSummary
  mayResend: boolean
  /** Makes a form sent twice one act. */
  request: string
  errors: readonly FieldError[]
}

/** One letter: to whom, how often it was tried and what the provider said; never what it says. */
export const OutboxLetterPage = ({ frame, letter, mayResend, request, errors }: Props) => (
  <Portal frame={frame} title={letterName(letter)} error={errors.length > 0}>
    <nav aria-label="Breadcrumb">
      <a href={paths.outbox}>Outbox</a> › {letterName(letter)}
    </nav>
    <h1>{letterName(letter)}</h1>
    <ErrorSummary errors={errors} />
    <Facts letter={letter} />
    {mayResend && isStuck(letter) && (
      <form class="card form" method="post" action={paths.outboxResends(letter.id)} {...hx({ disable: 'find button' })}>
        <input type="hidden" name="request" value={request} />
        <p>Tries it at once, and for a day if need be. A letter that the provider took after all is not sent twice.</p>
        <button type="submit" class="main">
          Send again
        </button>
      </form>
    )}
  </Portal>
)

const Facts = ({ letter }: Pick<Props, 'letter'>) => (
  <dl class="card">
    <dt>To</dt>
    <dd class="any">{letter.recipient}</dd>
    <dt>State</dt>
    <dd>
      <LetterState letter={letter} />
    </dd>
    <dt>
      Written (<Zone />)
    </dt>
    <dd>
      <At at={letter.createdAt} />
    </dd>
    {letter.state === 'pending' && (
      <>
        <dt>
          Next attempt (<Zone />)
        </dt>
        <dd>
          <At at={letter.nextAttemptAt} />
        </dd>
      </>
    )}
    {letter.sentAt && (
      <>
        <dt>
          Sent (<Zone />)
        </dt>
        <dd>
          <At at={letter.sentAt} />
        </dd>
        <dt>The provider calls it</dt>
        <dd class="any mono">{letter.providerId || 'It gave no name'}</dd>
      </>
    )}
    {letter.error && (
      <>
        <dt>What the provider said</dt>
        <dd class="any">{letter.error}</dd>
      </>
    )}
    <dt>Number</dt>
    <dd class="any mono">{letter.id}</dd>
    <dt>Audit trail</dt>
    <dd>
      <a href={withQuery(paths.events, { subject: letter.id })}>What was done with it</a>
    </dd>
  </dl>
)
