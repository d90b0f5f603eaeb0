import { Hono } from 'hono'
import { listEvents } from '#src/db/events.ts'
import { findWalletOwner } from '#src/db/payment-methods.ts'
import { listNewestKeys, listSoftware } from '#src/db/software.ts'
import { findSubscription, listSubscriptions, type SubscriptionRow } from '#src/db/subscriptions.ts'
import type { Actor } from '#src/domain/accounts/actor.ts'
import { allows } from '#src/domain/accounts/acts.ts'
import { type Day, dayOf } from '#src/domain/day.ts'
import { type FieldError, Refused, refuse } from '#src/domain/refusal.ts'
import { emptyDraft, type SubscriptionDraft } from '#src/domain/subscriptions/draft.ts'
import { mayAskShop, renewalOf } from '#src/domain/subscriptions/subscription.ts'
import { ask } from '#src/http/ask.ts'
import { formBody } from '#src/http/bodies.ts'
import type { HttpContext, HttpEnv } from '#src/http/context.ts'
import { besideIn } from '#src/http/cursors.ts'
import { queryOf, subscriptionFilterSchema } from '#src/http/filters.ts'
import { may } from '#src/http/guards.ts'
import { onceOfForm } from '#src/http/idempotency.ts'
import { leaveNotice } from '#src/http/notices.ts'
import { pageOf, pageSize } from '#src/http/pages.ts'
import { statuses } from '#src/http/statuses.ts'
import { goToWallet } from '#src/http/wallet.ts'
import { cancelSubscription } from '#src/use-cases/subscriptions/cancel-subscription.ts'
import { changeChannels } from '#src/use-cases/subscriptions/change-channels.ts'
import { createSubscription } from '#src/use-cases/subscriptions/create-subscription.ts'
import { resumeSubscription } from '#src/use-cases/subscriptions/resume-subscription.ts'
import { CancellationPage } from '#views/pages/subscriptions/cancellation.tsx'
import { type ChannelsDraft, SubscriptionPage } from '#views/pages/subscriptions/details.tsx'
import { SubscriptionList, SubscriptionsPage } from '#views/pages/subscriptions/list.tsx'
import { NewSubscriptionPage } from '#views/pages/subscriptions/new.tsx'
import { paths } from '#views/paths.ts'
import { frameOf, wantsPart } from './frame.ts'
import { mayBuy } from './may-buy.ts'
import { mendable } from './mendable.ts'

/** Subscriptions: list, generate, change channels, cancel. */
export const subscriptionPages = new Hono<HttpEnv>()
  .get(paths.subscriptions, may('subscription.read'), showList)
  .post(paths.subscriptions, may('subscription.create'), generate)
  .get(paths.newSubscription, may('subscription.create'), (c) => showNew(c, emptyDraft, []))
  .get('/subscriptions/:id', may('subscription.read'), (c) => showOne(c))
  .post('/subscriptions/:id/channels', may('subscription.edit'), saveChannels)
  .get('/subscriptions/:id/cancellation', may('subscription.cancel'), (c) => showCancellation(c))
  .post('/subscriptions/:id/cancellation', may('subscription.cancel'), cancel)
  .post('/subscriptions/:id/resumptions', may('subscription.cancel'), resume)
  .post('/subscriptions/:id/wallet', may('subscription.cancel'), toWallet)

const today = (c: HttpContext): Day => dayOf(c.var.deps.now())
const idIn = (c: HttpContext): string => c.req.param('id') ?? ''

async function showList(c: HttpContext) {
  const query = c.req.query()
  const filter = queryOf(subscriptionFilterSchema, query)
  const limit = pageSize(c)
  const { side, beside } = besideIn(query.cursor, { value: 'string', n: 'number' })
  const { actor, rows } = await ask(c, (reach) => [
    listSubscriptions(reach, filter, today(c), { limit: limit + 1, ...beside }),
  ])
  const { rows: shown, pages } = pageOf(rows[0], limit, side, Number(query.page) || 1, ({ boughtOn, n }) => ({
    value: boughtOn,
    n,
  }))
  const mayCreate = allows(actor, 'subscription.create')
  const own = { mayBuy: mayBuy(actor), sells: actor.accountKind !== 'customer' }
  const list = { filter, rows: shown, pages, today: today(c), mayCreate, ...own }
  if (wantsPart(c)) return c.html(<SubscriptionList {...list} />)
  return c.html(<SubscriptionsPage frame={frameOf(c, actor)} list={list} />)
}

/** More keys than this are typed, with suggestions, and not chosen of a list. */
const keysToChoose = 50

async function showNew(c: HttpContext, draft: SubscriptionDraft, errors: readonly FieldError[], status = 200) {
  const { actor, rows } = await ask(c, (reach) => [listSoftware(reach), listNewestKeys(reach, keysToChoose + 1)])
  const [software, keys] = rows
  const page = (
    <NewSubscriptionPage
      frame={frameOf(c, actor)}
      software={software}
      keys={keys.slice(0, keysToChoose)}
      more={keys.length > keysToChoose}
      draft={draft}
      request={c.var.deps.newId('request')}
      errors={errors}
    />
  )
  return c.html(page, status as 200)
}

async function generate(c: HttpContext) {
  const form = await formBody(c)
  const draft = { ...emptyDraft, channels: '', term: '', ...pick(form) }
  try {
    const { response } = await createSubscription(c.var.deps, c.var.asking, draft, await onceOfForm(c, form))
    leaveNotice(c, 'subscription-generated')
    return c.redirect(paths.subscription(response.id), 303)
  } catch (error) {
    const errors = error instanceof Refused ? errorsOf(error) : null
    if (!errors) throw error
    return showNew(c, draft, errors, statuses[(error as Refused).refusal.code])
  }
}

const pick = (form: Record<string, string>): Partial<SubscriptionDraft> =>
  Object.fromEntries(Object.keys(emptyDraft).flatMap((name) => (name in form ? [[name, form[name]]] : [])))

/** What a refusal says at the fields of the form, where the form can mend it. */
function errorsOf({ refusal }: Refused): readonly FieldError[] | null {
  const { code } = refusal
  if (code === 'invalid-request') return refusal.errors
  if (code === 'product-not-given') {
    const detail = 'This software is not yours to give: choose another, or ask whoever made your account'
    return [{ pointer: 'product', code, detail }]
  }
  if (code === 'offer-withdrawn') {
    return [{ pointer: 'product', code, detail: 'This software is no longer sold. Choose another' }]
  }
  if (code !== 'not-found') return null
  return [{ pointer: 'activationKey', code, detail: 'This key was removed meanwhile. Choose another' }]
}

async function showOne(
  c: HttpContext,
  failed?: { errors: readonly FieldError[]; channels: string | null; status: number },
) {
  const { actor, rows } = await ask(c, (reach) => [
    findSubscription(reach, idIn(c)),
    listEvents(reach, { actor: null, action: null, subject: idIn(c), from: null, to: null }, { limit: 100 }),
  ])
  const [[subscription], timeline] = rows
  if (!subscription) return refuse({ code: 'not-found' })
  const draft: ChannelsDraft = {
    channels: failed?.channels ?? String(subscription.channels),
    request: c.var.deps.newId('request'),
    errors: failed?.errors ?? [],
  }
  const page = (
    <SubscriptionPage
      frame={frameOf(c, actor)}
      subscription={subscription}
      draft={draft}
      timeline={timeline}
      today={today(c)}
      mayEdit={allows(actor, 'subscription.edit')}
      mayCancel={mayCancel(actor, subscription)}
      paysAtShop={paysAtShop(actor, subscription)}
      mayBuy={mayBuy(actor) && subscription.accountId === actor.account.id}
      sells={actor.accountKind !== 'customer'}
    />
  )
  return c.html(page, (failed?.status ?? 200) as 200)
}

async function saveChannels(c: HttpContext) {
  const form = await formBody(c)
  const channels = form.channels ?? ''
  const version = /^\d{1,9}$/.test(form.version ?? '') ? Number(form.version) : 0
  try {
    const change = { id: idIn(c), version, channels }
    await changeChannels(c.var.deps, c.var.asking, change, await onceOfForm(c, form))
  } catch (error) {
    const errors = error instanceof Refused ? channelErrorsOf(error) : null
    if (!errors) throw error
    return showOne(c, { errors, channels, status: statuses[(error as Refused).refusal.code] })
  }
  leaveNotice(c, 'channels-changed')
  return c.redirect(paths.subscription(idIn(c)), 303)
}

function channelErrorsOf({ refusal }: Refused): readonly FieldError[] | null {
  const { code } = refusal
  if (code === 'invalid-request') return refusal.errors
  if (code === 'subscription-canceled') {
    return [{ pointer: '', code, detail: 'This subscription was canceled: its channels stay as they are.' }]
  }
  if (code === 'subscription-of-shop') {
    return [{ pointer: '', code, detail: 'The shop charges this subscription: change it there.' }]
  }
  if (code !== 'version-mismatch') return null
  const detail = 'Somebody changed this subscription while you wrote. Look at it below, and send the form again'
  return [{ pointer: 'channels', code, detail }]
}

/** Where its payment method is mended, and what it is billed for is changed. */
async function toWallet(c: HttpContext) {
  const { actor, rows } = await ask(c, (reach) => [findSubscription(reach, idIn(c)), findWalletOwner(reach)])
  const [[subscription], [owner]] = rows
  if (!subscription || !owner || !paysAtShop(actor, subscription)) return refuse({ code: 'not-found' })
  const detail =
    'The shop keeps no account of yours that the portal knows: use the link in the shop’s own letter of your order'
  const errors = [{ pointer: '', code: 'shop-closed', detail }]
  return (await goToWallet(c, owner)) ?? showOne(c, { errors, channels: null, status: 409 })
}

/** Whether somebody's own account pays a subscription that the shop charges by itself. */
const paysAtShop = (actor: Actor, subscription: SubscriptionRow): boolean =>
  renewalOf(subscription) === 'shop' &&
  subscription.accountId === actor.account.id &&
  allows(actor, 'subscription.cancel')

/** Whoever pays a subscription of the shop ends it, and the vendor does; any other is ended by whoever bills it. */
const mayCancel = (actor: Actor, subscription: SubscriptionRow): boolean =>
  allows(actor, 'subscription.cancel') &&
  (renewalOf(subscription) === 'shop' ? mayAskShop(subscription, actor) : renewalOf(subscription) === 'vendor')

async function showCancellation(c: HttpContext, errors: readonly FieldError[] = [], status = 200) {
  const { actor, rows } = await ask(c, (reach) => [findSubscription(reach, idIn(c))])
  const [[subscription]] = rows as [SubscriptionRow[]]
  if (!subscription) return refuse({ code: 'not-found' })
  const page = (
    <CancellationPage
      frame={frameOf(c, actor)}
      subscription={subscription}
      request={c.var.deps.newId('request')}
      errors={errors}
    />
  )
  return c.html(page, status as 200)
}

async function cancel(c: HttpContext) {
  const form = await formBody(c)
  try {
    const { by } = await cancelSubscription(c.var.deps, c.var.asking, idIn(c), await onceOfForm(c, form))
    leaveNotice(c, by === 'shop' ? 'cancellation-asked' : 'subscription-canceled')
    return c.redirect(paths.subscription(idIn(c)), 303)
  } catch (error) {
    if (error instanceof Refused && error.refusal.code === 'subscription-canceled') return showCancellation(c, [], 409)
    const { errors, status } = mendable(error)
    return showCancellation(c, errors, status)
  }
}

async function resume(c: HttpContext) {
  const form = await formBody(c)
  try {
    await resumeSubscription(c.var.deps, c.var.asking, idIn(c), await onceOfForm(c, form))
  } catch (error) {
    return showOne(c, { channels: null, ...mendable(error) })
  }
  leaveNotice(c, 'resumption-asked')
  return c.redirect(paths.subscription(idIn(c)), 303)
}
