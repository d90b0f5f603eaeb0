import * as z from 'zod'
import {
  cancellationBody,
  channelsBody,
  resumptionBody,
  subscriptionBody,
  subscriptionQuery,
} from '#src/api/subscriptions.ts'
import {
  mostChannels,
  renewals,
  subscriptionStates,
  subscriptionTerms,
} from '#src/domain/subscriptions/subscription.ts'
import { day, instant, listOf } from './common.ts'
import { type Operation, pageWords, queryOf, type Shape } from './operation.ts'

const key = "-H 'Authorization: Bearer ptk_demo_northwind'"
const json = "-H 'Content-Type: application/json'"
const all = 'http://localhost:8787/api/v1/subscriptions'
const one = `${all}/sub_00-northwind-haven`

const subscription: Shape = {
  name: 'Subscription',
  schema: z.strictObject({
    id: z.string(),
    license: z.string().meta({ description: 'The license that the customer activates.' }),
    serial: z.string(),
    product: z.string().meta({ description: 'The code of the product.' }),
    channels: z
      .int()
      .min(1)
      .max(mostChannels)
      .meta({ description: 'How many sessions the customer may run at the same time.' }),
    term: z.enum(subscriptionTerms),
    state: z.enum(subscriptionStates),
    startsOn: day,
    endsOn: day.meta({ description: 'The last day of the term that runs.' }),
    renewal: z.enum(renewals).meta({
      description:
        '`vendor`: renewed and billed until it is canceled; `shop`: charged by the shop by itself; `quote`: ends unless another quote pays further `terms`.',
    }),
    renewsOn: day.nullable().meta({ description: 'The first day of the next term; `null` where it ends by itself.' }),
    email: z.string().meta({ description: 'The end customer’s.' }),
    comment: z.string(),
    activationKey: z.string().nullable(),
    account: z.strictObject({ id: z.string(), name: z.string() }).meta({ description: 'Who generated it.' }),
    createdAt: instant,
  }),
  example: {
    id: 'sub_00-northwind-haven',
    license: 'lic_00-northwind-haven',
    serial: 'S-4D7XK-9MQ2T',
    product: 'remote-support',
    channels: 3,
    term: 'year',
    state: 'active',
    startsOn: '2026-06-22',
    endsOn: '2027-06-21',
    renewal: 'vendor',
    renewsOn: '2027-06-22',
    email: 'helpdesk@haven.example',
    comment: '',
    activationKey: '7QXM-2K9D-HT4W-B6RN',
    account: { id: 'acc_00-northwind', name: 'Northwind' },
    createdAt: '2026-06-22T10:00:00.000Z',
  },
}

const inPath = { id: 'The id of the subscription, `sub_…`.' }
const change: Shape = { name: 'SubscriptionChange', schema: channelsBody }
const creation: Shape = { name: 'SubscriptionCreation', schema: subscriptionBody }
const cancellation: Shape = { name: 'SubscriptionCancellation', schema: cancellationBody }

export const subscriptionOperations: readonly Operation[] = [
  {
    id: 'listSubscriptions',
    tag: 'Subscriptions',
    method: 'get',
    path: '/api/v1/subscriptions',
    summary: 'List subscriptions',
    description: 'Subscriptions of the account of the key and of all accounts below it. Sellers only.',
    query: queryOf(subscriptionQuery, {
      q: 'Finds by serial number, activation key, e-mail, comment or product.',
      state: 'Only those that renew themselves, that were canceled and still run, or that are over.',
      sort: 'By the day they began; a minus puts the newest first.',
      ...pageWords,
    }),
    answers: [
      {
        status: 200,
        description: 'A page of subscriptions.',
        shape: listOf(subscription),
        csv: true,
        headers: ['Link'],
      },
    ],
    problems: ['invalid-query', 'invalid-cursor'],
    curl: `curl '${all}?state=active&limit=5' \\\n  ${key}`,
  },
  {
    id: 'createSubscription',
    tag: 'Subscriptions',
    method: 'post',
    path: '/api/v1/subscriptions',
    summary: 'Generate a subscription',
    description:
      'Makes a license for so many concurrent sessions, which renews itself by the term until it is canceled. It costs no credits: the vendor bills it by channels and term.',
    headers: ['Idempotency-Key'],
    body: creation,
    answers: [{ status: 201, description: 'The subscription.', shape: subscription }],
    problems: ['invalid-request', 'product-not-given', 'offer-withdrawn', 'not-found'],
    curl: `curl -X POST ${all} \\\n  ${key} \\\n  ${json} \\\n  -d '{"product":"remote-support","channels":2,"email":"it@example.org","term":"year","activationKey":"BAKK-ER1J-JANS-2B00"}'`,
  },
  {
    id: 'findSubscription',
    tag: 'Subscriptions',
    method: 'get',
    path: '/api/v1/subscriptions/{id}',
    summary: 'Read a subscription',
    description:
      'With an `ETag`. Whoever polls sends it back as `If-None-Match` and is told 304 while nothing changed.',
    inPath,
    headers: ['If-None-Match'],
    answers: [
      { status: 200, description: 'The subscription.', shape: subscription, headers: ['ETag'] },
      { status: 304, description: 'Nothing changed.', headers: ['ETag'] },
    ],
    problems: ['not-found'],
    curl: `curl ${one} \\\n  ${key}`,
  },
  {
    id: 'changeChannels',
    tag: 'Subscriptions',
    method: 'patch',
    path: '/api/v1/subscriptions/{id}',
    summary: 'Change the channels',
    description: 'From now on. Of several changes of one version the first wins.',
    inPath,
    headers: ['If-Match'],
    body: change,
    answers: [{ status: 200, description: 'The subscription as it is now.', shape: subscription, headers: ['ETag'] }],
    problems: [
      'not-found',
      'precondition-required',
      'version-mismatch',
      'subscription-canceled',
      'subscription-of-shop',
      'invalid-request',
    ],
    curl: `curl -X PATCH ${one} \\\n  ${key} \\\n  ${json} -H 'If-Match: *' \\\n  -d '{"channels":5}'`,
  },
  {
    id: 'cancelSubscription',
    tag: 'Subscriptions',
    method: 'post',
    path: '/api/v1/subscriptions/{id}/cancellations',
    summary: 'Cancel a subscription',
    description:
      'At the end of the term that runs: it works to its last day and is not renewed. One that the shop charges is canceled by whoever pays it, or the vendor: the shop is asked, and the subscription follows what its webhook tells.',
    inPath,
    headers: ['Idempotency-Key'],
    body: cancellation,
    answers: [{ status: 201, description: 'The subscription as it is now.', shape: subscription, headers: ['ETag'] }],
    problems: [
      'not-found',
      'subscription-canceled',
      'subscription-of-shop',
      'version-mismatch',
      'shop-closed',
      'shop-unavailable',
    ],
    curl: `curl -X POST ${one}/cancellations \\\n  ${key} \\\n  ${json} -d '{}'`,
  },
  {
    id: 'resumeSubscription',
    tag: 'Subscriptions',
    method: 'post',
    path: '/api/v1/subscriptions/{id}/resumptions',
    summary: 'Take a cancellation back',
    description:
      'While its term runs, of one that the shop charges: the shop is asked to go on, and the subscription follows what its webhook tells.',
    inPath,
    headers: ['Idempotency-Key'],
    body: { name: 'SubscriptionResumption', schema: resumptionBody, example: {} },
    answers: [{ status: 201, description: 'The subscription as it is now.', shape: subscription, headers: ['ETag'] }],
    problems: ['not-found', 'subscription-not-resumable', 'subscription-of-shop', 'shop-closed', 'shop-unavailable'],
    curl: `curl -X POST http://localhost:8787/api/v1/subscriptions/sub_00-grace-night/resumptions \\\n  -H 'Authorization: Bearer ptk_demo_acme' \\\n  ${json} -d '{}'`,
  },
]
