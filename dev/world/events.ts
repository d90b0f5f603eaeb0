import type { ActorKind, EventAction, SubjectKind } from '#src/domain/events/actions.ts'
import type { Id } from '#src/domain/ids.ts'
import type { World } from './rows.ts'

/** Who did it. */
export type Doer = { readonly kind: ActorKind; readonly id: string; readonly name: string; readonly address: string }

export const shop: Doer = { kind: 'shop', id: 'fastspring', name: 'FastSpring', address: '203.0.113.5' }

export const loginDoer = (person: { loginId: Id<'login'>; person: string }, address: string): Doer => ({
  kind: 'login',
  id: person.loginId,
  name: person.person,
  address,
})

type Happening = {
  readonly by: Doer
  readonly at: Date
  readonly accountId: Id<'account'>
  readonly action: EventAction
  readonly subject: readonly [kind: SubjectKind, id: string, name: string]
  readonly before?: Record<string, unknown>
  readonly after?: Record<string, unknown>
}

/** Adds a line to the audit trail. */
export function tell(world: World, { by, at, accountId, action, subject, before, after }: Happening): void {
  world.events.push({
    accountId,
    at,
    actorKind: by.kind,
    actorId: by.id,
    actorName: by.name,
    action,
    subjectKind: subject[0],
    subjectId: subject[1],
    subjectName: subject[2],
    before: before ?? null,
    after: after ?? null,
    address: by.address,
    requestId: 'req_00-world',
  })
}
