import { stillStands } from '#src/db/actors.ts'
import { expect, expectOne } from '#src/db/expect.ts'
import { findLetterAs, type LetterRow, updateLetterDue } from '#src/db/outbox-lists.ts'
import { read } from '#src/db/query.ts'
import { reachOf } from '#src/db/reach.ts'
import { isStuck } from '#src/domain/outbox.ts'
import { refuse } from '#src/domain/refusal.ts'
import { type Asking, readAs } from '../admit.ts'
import type { Deps } from '../deps.ts'
import { commitOnce, earlier, type Once, replayOf } from '../once.ts'
import { byActor, record } from '../record.ts'
import { deliverLetters } from './deliver-letters.ts'

/**
 * Sends a letter again that is stuck: at once, and for a day if need be. The provider knows it by the same id, so that a
 * letter it took after all is not sent twice. Answers how it stands then. Refuses `not-found`, `letter-left`,
 * `idempotency-key-reused`.
 */
export async function resendLetter(deps: Deps, asking: Asking, id: string, once: Once | null): Promise<LetterRow> {
  const { actor, rows } = await readAs(deps, asking, (reach) => [findLetterAs(reach, id), earlier(asking, once)])
  const [[letter], answered] = rows
  if (!letter) return refuse({ code: 'not-found' })
  if (replayOf(once, answered)) return letter
  if (!isStuck(letter)) refuse({ code: 'letter-left' })
  const { template, recipient, state, attempts, error } = letter
  const writes = [
    expect('signed-out', stillStands(asking.credential.id)),
    updateLetterDue(letter, deps.now()),
    expectOne('letter-left'),
    record(deps, byActor(actor, asking), {
      action: 'letter.resent',
      accountId: actor.account.id,
      subject: { kind: 'letter', id: letter.id, name: `${template} to ${recipient}` },
      before: { state, attempts, error },
    }),
  ]
  await commitOnce(deps, asking, once, writes, { status: 201, response: null })
  await deliverLetters(deps, [letter.id])
  const [[now]] = await read(deps.db, [findLetterAs(reachOf(asking.credential), id)])
  return now ?? letter
}
