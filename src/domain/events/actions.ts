/** What can stand in the audit trail, as noun.verb; each belongs to the kind of thing it happened to. */
export const eventActions = [
  'account.created',
  'activation-key.created',
  'license.commented',
  'license.created',
  'license.deleted',
  'license.edited',
  'order.received',
  'order.item-unknown',
  'session.ended',
  'session.started',
  'sign-in-link.requested',
  'support.started',
] as const
export type EventAction = (typeof eventActions)[number]

export const eventActionNames: Record<EventAction, string> = {
  'account.created': 'Account created',
  'activation-key.created': 'Activation key created',
  'license.commented': 'Comment changed',
  'license.created': 'License issued',
  'license.deleted': 'License deleted',
  'license.edited': 'License edited',
  'order.received': 'Order received',
  'order.item-unknown': 'Order item not in the catalog',
  'session.ended': 'Signed out',
  'session.started': 'Signed in',
  'sign-in-link.requested': 'Sign-in link requested',
  'support.started': 'Support started',
}

export const subjectKinds = ['account', 'activation-key', 'license', 'order', 'session', 'support'] as const
export type SubjectKind = (typeof subjectKinds)[number]

/** Who acted: a login, a customer with an order number, a script, the shop, or the clock. */
export const actorKinds = ['login', 'customer', 'api-key', 'shop', 'clock'] as const
export type ActorKind = (typeof actorKinds)[number]
