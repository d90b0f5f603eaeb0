type Recipient = { readonly confirmedAt: Date | null; readonly unsubscribedAt: Date | null }

/** Whether letters go to an address: it is of the account or was confirmed, and nobody unsubscribed or removed it. */
export const isReached = (recipient: Recipient | undefined): boolean =>
  recipient !== undefined && recipient.confirmedAt !== null && recipient.unsubscribedAt === null
