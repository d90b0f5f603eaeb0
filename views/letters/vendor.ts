import type { LetterContent } from './letter.tsx'

export type UnknownItemParams = {
  readonly reference: string
  readonly buyer: string
  readonly items: readonly {
    path: string
    sku: string | null
    display: string
    quantity: number
    note?: string | null
  }[]
}

/** Tells the vendor of order items that nothing was issued for. */
export function unknownItemLetter(params: UnknownItemParams, url: string): LetterContent {
  return {
    subject: `Order ${params.reference} has items to settle`,
    greeting: 'Hello,',
    paragraphs: [
      `an order of ${params.buyer} holds items for which no license could be issued. The order is kept; add the items to the catalog or settle them by hand.`,
    ],
    table: {
      head: ['Item', 'Path', 'SKU', 'Quantity', 'Why'],
      rows: params.items.map(({ display, path, sku, quantity, note }) => [
        display,
        path,
        sku ?? '',
        String(quantity),
        note ?? 'not in the catalog',
      ]),
    },
    link: { label: 'Open the order', url },
    reason: 'You get this because your address is the support address of the portal.',
  }
}

export type UnreadableEventParams = { readonly provider: string; readonly eventId: string; readonly reason: string }

/** Tells the vendor of a provider's event that could not be read. */
export const unreadableEventLetter = (params: UnreadableEventParams): LetterContent => ({
  subject: `An event of ${params.provider} could not be read`,
  greeting: 'Hello,',
  paragraphs: ['an order the provider told of could not be read, so nothing was issued. The event is kept as it came.'],
  facts: [
    ['Event', params.eventId],
    ['Why', params.reason],
  ],
  reason: 'You get this because your address is the support address of the portal.',
})

export type AlarmParams = { readonly failures: number; readonly since: string }

/** Tells the vendor that sign-ins fail in unusual numbers. */
export const signInAlarmLetter = (params: AlarmParams): LetterContent => ({
  subject: 'Unusually many failed sign-ins',
  greeting: 'Hello,',
  paragraphs: [
    `${params.failures} sign-ins have failed since ${params.since.slice(0, 16).replace('T', ' ')} UTC. Nobody was locked out and nothing was changed; guesses are throttled. You may want to look at where they come from.`,
  ],
  reason: 'You get this because your address is the support address of the portal, at most once an hour.',
})

export type LedgerProofParams = {
  readonly day: string
  readonly wrong: readonly { account: string; offer: string; ledger: number; balance: number }[]
}

/** Tells the vendor that a balance is not the sum of its ledger. */
export const ledgerProofLetter = (params: LedgerProofParams): LetterContent => ({
  subject: 'Credits: a balance does not match its ledger',
  greeting: 'Hello,',
  paragraphs: [`the nightly proof of ${params.day} found balances that are not the sum of their ledger.`],
  table: {
    head: ['Account', 'Offer', 'Ledger', 'Balance'],
    rows: params.wrong.map((one) => [one.account, one.offer, String(one.ledger), String(one.balance)]),
  },
  reason: 'You get this because your address is the support address of the portal.',
})

export type LettersDeadParams = { readonly day: string; readonly template: string; readonly recipient: string }

/** Tells the vendor that letters could not be delivered and are not tried any more. */
export const lettersDeadLetter = (params: LettersDeadParams, url: string): LetterContent => ({
  subject: 'A letter could not be delivered',
  greeting: 'Hello,',
  paragraphs: [
    `a letter was given up on ${params.day}: the mail provider refused it, or did not take it for a day. There may be more of that day. Look at why, and send them again.`,
  ],
  facts: [
    ['Letter', params.template],
    ['To', params.recipient],
  ],
  link: { label: 'Open the outbox', url },
  reason: 'You get this because your address is the support address of the portal, at most once a day.',
})
