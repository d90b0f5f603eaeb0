import { stillStands } from '#src/db/actors.ts'
import {
  type CheckoutRow,
  findOpenCheckout,
  findPayableQuote,
  insertCheckout,
  listPayableLines,
  type PayableQuote,
  renewSession,
} from '#src/db/checkouts.ts'
import { expect, expectOne } from '#src/db/expect.ts'
import type { Write } from '#src/db/query.ts'
import { findQuote } from '#src/db/quotes.ts'
import type { Actor } from '#src/domain/accounts/actor.ts'
import type { Id } from '#src/domain/ids.ts'
import { formatMoney } from '#src/domain/money.ts'
import { refuse } from '#src/domain/refusal.ts'
import type { OpenedSession } from '#src/gateways/checkout.ts'
import { type Asking, readAs } from '../admit.ts'
import type { Deps } from '../deps.ts'
import { type Answer, commitOnce, earlier, type Once, replayOf } from '../once.ts'
import { byActor, record } from '../record.ts'
import { openSession } from './open-session.ts'

/** A checkout as it was begun; plain data, as it is kept to be answered again. */
export type StartedCheckout = { readonly id: Id<'checkout'>; readonly url: string }

/** A session that ends this soon is not handed out again. */
const soon = 5 * 60_000

/** What is to be paid; `besides` a payment that is under way, in another session than that one's. */
export type WantedCheckout = { readonly quote: string; readonly besides?: boolean }

/**
 * Begins to pay a quote: opens a session at the shop, or hands out the one that is open. Refuses `not-found`,
 * `quote-paid`, `quote-expired`, `quote-free`, `quote-stale` where prices or licenses are not what they were, `shop-closed`,
 * `shop-unavailable`, `idempotency-key-reused`.
 */
export async function startCheckout(
  deps: Deps,
  asking: Asking,
  { quote: quoteId, besides = false }: WantedCheckout,
  once: Once | null,
): Promise<Answer<StartedCheckout>> {
  const { actor, rows } = await readAs(deps, asking, (reach) => [
    findPayableQuote(reach, quoteId),
    findQuote(reach, quoteId),
    listPayableLines(reach, quoteId),
    findOpenCheckout(reach, quoteId),
    earlier(asking, once),
  ])
  const [[quote], [quoted], lines, [open], answered] = rows
  if (!quote || !quoted) return refuse({ code: 'not-found' })
  const replay = replayOf<StartedCheckout>(once, answered)
  if (replay) return replay
  assertPayable(deps, quote)
  if (quote.totalMinor === 0) refuse({ code: 'quote-free' })
  if (!quoted.licensesStand || !quoted.pricesStand) refuse({ code: 'quote-stale' })
  const isTaken = besides && open?.state === 'waiting'
  const live = open && !isTaken && isLive(deps, open) ? sessionOf(open) : null
  const id = live && open ? open.id : deps.newId('checkout')
  const session = live ?? (await openSession(deps, id, quote, lines))
  const writes: Write[] = [
    expect('signed-out', stillStands(asking.credential.id)),
    ...(live && open ? reopened(open, live) : begun(deps, asking, actor, { id, quote, session })),
  ]
  const response = { id, url: session.url }
  return commitOnce(deps, asking, once, writes, { status: 201, response })
}

/** Refuses what cannot be paid any more. */
export function assertPayable(deps: Deps, { state, validUntil }: Pick<PayableQuote, 'state' | 'validUntil'>): void {
  if (state !== 'open') refuse({ code: 'quote-paid' })
  if (validUntil <= deps.now()) refuse({ code: 'quote-expired' })
}

const isLive = (deps: Deps, { sessionUrl, provider, expiresAt }: CheckoutRow): boolean =>
  sessionUrl !== null && provider === deps.checkout.provider && expiresAt.getTime() > deps.now().getTime() + soon

const sessionOf = ({ sessionId, sessionUrl, expiresAt }: CheckoutRow): OpenedSession => ({
  id: sessionId ?? '',
  url: sessionUrl ?? '',
  expiresAt,
})

const reopened = ({ id, version, state }: CheckoutRow, session: OpenedSession): Write[] =>
  state === 'declined' ? [renewSession(id, version, session), expectOne('version-mismatch')] : []

type Begun = { readonly id: Id<'checkout'>; readonly quote: PayableQuote; readonly session: OpenedSession }

function begun(deps: Deps, asking: Asking, actor: Actor, { id, quote, session }: Begun): Write[] {
  const { id: quoteId, accountId, currency, totalMinor } = quote
  const by = byActor(actor, asking)
  return [
    insertCheckout({
      ...{ id, quoteId, accountId, provider: deps.checkout.provider ?? '', currency, dueMinor: totalMinor },
      ...{ sessionId: session.id, sessionUrl: session.url, expiresAt: session.expiresAt },
      ...{ startedById: by.id, startedByName: by.name, createdAt: deps.now() },
    }),
    record(deps, by, {
      action: 'checkout.started',
      accountId,
      subject: { kind: 'quote', id: quoteId, name: quoteId },
      after: { due: formatMoney({ minor: totalMinor, currency }) },
    }),
  ]
}
