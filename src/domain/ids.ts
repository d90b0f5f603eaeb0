/** The prefixes of ids. An id is its prefix and a UUIDv7 in 22 URL-safe characters, so ids of a kind sort by age. */
export const idPrefixes = {
  account: 'acc',
  login: 'log',
  session: 'ses',
  apiKey: 'apk',
  order: 'ord',
  orderItem: 'itm',
  contact: 'con',
  license: 'lic',
  support: 'sup',
  supportPeriod: 'per',
  subscription: 'sub',
  activationKey: 'key',
  computer: 'com',
  computerGroup: 'grp',
  activation: 'act',
  removal: 'rem',
  release: 'rel',
  creditEntry: 'cre',
  quote: 'quo',
  checkout: 'chk',
  event: 'evt',
  letter: 'let',
  link: 'lnk',
  registration: 'reg',
  emailChange: 'emc',
  invitation: 'inv',
  request: 'req',
  payment: 'pay',
  report: 'rep',
  recipient: 'rcp',
  jobRun: 'run',
  charge: 'chg',
  balanceEntry: 'bal',
  paymentMethod: 'pmt',
} as const

export type IdKind = keyof typeof idPrefixes
export type Id<K extends IdKind> = `${(typeof idPrefixes)[K]}_${string}`

/** Makes a new id of a kind; handed in through `Deps`, so that nothing below the doors draws randomness itself. */
export type NewId = <K extends IdKind>(kind: K) => Id<K>

/** Whether a text from outside can be an id of the kind. It says nothing of whether such a row exists. */
export const isId = <K extends IdKind>(kind: K, text: string): text is Id<K> =>
  text.startsWith(`${idPrefixes[kind]}_`) && text.length <= 64 && /^[\w-]+$/.test(text)
