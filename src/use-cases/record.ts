import { insertEvent } from '#src/db/events.ts'
import { insertLetter } from '#src/db/outbox.ts'
import type { Write } from '#src/db/query.ts'
import type { Actor } from '#src/domain/accounts/actor.ts'
import type { ActorKind, EventAction, SubjectKind } from '#src/domain/events/actions.ts'
import type { Id } from '#src/domain/ids.ts'
import type { LetterTemplate } from '#src/domain/outbox.ts'
import type { Deps } from './deps.ts'

/** Who acts, from where and in which request: what every event says beside the change itself. */
export type By = {
  readonly kind: ActorKind
  readonly id: string
  readonly name: string
  readonly address: string
  readonly requestId: string
}

/** The `By` of somebody who is signed in or uses an API key. */
export const byActor = (actor: Actor, from: { address: string; requestId: string }): By => ({
  kind: actor.credential.kind === 'api-key' ? 'api-key' : actor.loginId ? 'login' : 'customer',
  id: actor.loginId ?? (actor.credential.kind === 'api-key' ? actor.credential.id.slice(0, 16) : actor.account.id),
  name: actor.name,
  ...pick(from),
})

const pick = ({ address, requestId }: { address: string; requestId: string }) => ({ address, requestId })

type Happening = {
  readonly action: EventAction
  readonly accountId: Id<'account'>
  readonly subject: { readonly kind: SubjectKind; readonly id: string; readonly name: string }
  readonly before?: Record<string, unknown>
  readonly after?: Record<string, unknown>
}

/** The audit trail's line for a change, to stand in the same batch. */
export function record(deps: Deps, by: By, happening: Happening): Write {
  const { action, accountId, subject, before, after } = happening
  return insertEvent({
    id: deps.newId('event'),
    accountId,
    at: deps.now(),
    actorKind: by.kind,
    actorId: by.id,
    actorName: by.name,
    action,
    subjectKind: subject.kind,
    subjectId: subject.id,
    subjectName: subject.name,
    before: before ?? null,
    after: after ?? null,
    address: by.address,
    requestId: by.requestId,
  })
}

type Post = {
  readonly id?: Id<'letter'>
  readonly template: LetterTemplate
  readonly accountId: Id<'account'> | null
  readonly to: string
  /** Template, subject and period: what makes the letter the same letter. */
  readonly once: string
  readonly params: Record<string, unknown>
}

/** A letter for the outbox, to stand in the batch of the change that causes it. */
export function post(deps: Deps, letter: Post): Write {
  const now = deps.now()
  return insertLetter({
    id: letter.id ?? deps.newId('letter'),
    accountId: letter.accountId,
    template: letter.template,
    params: letter.params,
    recipient: letter.to,
    onceKey: `${letter.template}:${letter.once}`,
    nextAttemptAt: now,
    createdAt: now,
  })
}
