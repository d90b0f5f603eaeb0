import { idOf } from './ids.ts'

/** The password of every demo login. */
export const demoPassword = 'portico-demo'

/** The vendor. */
export const acme = {
  accountId: idOf('account', 'acme'),
  loginId: idOf('login', 'acme'),
  name: 'Acme Software',
  person: 'Alex Meyer',
  login: 'acme',
  email: 'staff@acme.example',
  apiKey: 'ptk_demo_acme',
} as const

/** A customer of the shop: two orders, four licenses, exactly one of them without support. */
export const ada = {
  accountId: idOf('account', 'ada'),
  name: 'Ada Byron',
  email: 'ada@example.com',
  orders: ['JWT190724-1001-10001', 'JWT190815-1002-10002'],
  orderIds: [idOf('order', 'ada-1'), idOf('order', 'ada-2')],
  activationKeyId: idOf('activationKey', 'ada'),
  activationKey: '7QXM-2K9D-HT4W-B6RN',
  licenses: {
    /** Remote Access Pro for 5 users, on FRONT-01, support valid for most of a year. */
    frontDesk: idOf('license', 'ada-front'),
    /** Advanced Security Essentials on LAB-7, whose support ends in 19 days. */
    lab: idOf('license', 'ada-lab'),
    /** Advanced Security Essentials, never activated, with a comment. */
    spare: idOf('license', 'ada-spare'),
    /** Advanced Security Essentials, never activated, the one that never had support. */
    unsupported: idOf('license', 'ada-unsupported'),
  },
  computers: ['FRONT-01', 'LAB-7'],
  comment: 'Spare for the reading room',
} as const

/**
 * Another customer of the shop: an order whose Remote Work support has 146 of 365 days left, and a subscription that the
 * shop charged by itself until she canceled it.
 */
export const grace = {
  accountId: idOf('account', 'grace'),
  name: 'Grace Murray',
  email: 'grace@example.org',
  orders: ['JWT230914-1003-10003', 'JWT250211-1011-10011'],
  orderIds: [idOf('order', 'grace-1'), idOf('order', 'grace-2')],
  activationKeyId: idOf('activationKey', 'grace'),
  activationKey: 'GRAC-E4HM-8T2V-5XKD',
  licenses: { remoteAccess: idOf('license', 'grace-access'), remoteWork: idOf('license', 'grace-work') },
} as const

/** A customer of the shop with many licenses: for pages, search, filters and CSV. */
export const contoso = {
  accountId: idOf('account', 'contoso'),
  name: 'Contoso Clinics',
  email: 'it@contoso.example',
  orders: [
    'JWT200311-1004-10004',
    'JWT201105-1005-10005',
    'JWT210622-1006-10006',
    'JWT220214-1007-10007',
    'JWT221003-1008-10008',
    'JWT230418-1009-10009',
    'JWT230830-1010-10010',
  ],
  activationKeyId: idOf('activationKey', 'contoso'),
  activationKey: 'C0NT-8SZ2-K1N7-C5GY',
  licenseCount: 214,
} as const

/** A partner: resellers below, credits, keys, licenses of end customers. */
export const northwind = {
  accountId: idOf('account', 'northwind'),
  loginId: idOf('login', 'northwind'),
  name: 'Northwind',
  person: 'Nora West',
  login: 'northwind',
  email: 'partner@northwind.example',
  apiKey: 'ptk_demo_northwind',
  /** A key that holds nothing yet. */
  freshKeyId: idOf('activationKey', 'northwind-fresh'),
} as const

/** Northwind's reseller with few credits. */
export const tailspin = {
  accountId: idOf('account', 'tailspin'),
  loginId: idOf('login', 'tailspin'),
  name: 'Tailspin',
  person: 'Tomás Pinto',
  login: 'tailspin',
  email: 'sales@tailspin.example',
} as const

/** Northwind's reseller who has a reseller of their own. */
export const wingtip = {
  accountId: idOf('account', 'wingtip'),
  loginId: idOf('login', 'wingtip'),
  name: 'Wingtip',
  person: 'Wilma Tipp',
  login: 'wingtip',
  email: 'office@wingtip.example',
} as const

/** Northwind's newest reseller: credits, no license yet. */
export const litware = {
  accountId: idOf('account', 'litware'),
  loginId: idOf('login', 'litware'),
  name: 'Litware',
  person: 'Lin Tao',
  login: 'litware',
  email: 'hello@litware.example',
} as const

/** The reseller below Wingtip. */
export const proseware = {
  accountId: idOf('account', 'proseware'),
  loginId: idOf('login', 'proseware'),
  name: 'Proseware',
  person: 'Petra Rose',
  login: 'proseware',
  email: 'it@proseware.example',
} as const

/** A partner beside Northwind: nothing of either may be seen by the other. */
export const southridge = {
  accountId: idOf('account', 'southridge'),
  loginId: idOf('login', 'southridge'),
  name: 'Southridge Partners',
  person: 'Sofia Ridge',
  login: 'southridge',
  email: 'partner@southridge.example',
} as const

/** Southridge's reseller, suspended. */
export const lucerne = {
  accountId: idOf('account', 'lucerne'),
  loginId: idOf('login', 'lucerne'),
  name: 'Lucerne Systems',
  person: 'Luc Erne',
  login: 'lucerne',
  email: 'info@lucerne.example',
} as const

/** A customer with servers, and one login for each role; `admin@` is the master. */
export const fabrikam = {
  accountId: idOf('account', 'fabrikam'),
  name: 'Fabrikam',
  email: 'admin@fabrikam.example',
  apiKey: 'ptk_demo_fabrikam',
  logins: {
    full: { loginId: idOf('login', 'fabrikam-admin'), email: 'admin@fabrikam.example', name: 'Fay Brik' },
    billing: { loginId: idOf('login', 'fabrikam-billing'), email: 'billing@fabrikam.example', name: 'Bill Ing' },
    'servers-licenses': {
      loginId: idOf('login', 'fabrikam-servers-licenses'),
      email: 'servers-licenses@fabrikam.example',
      name: 'Selma Lind',
    },
    servers: { loginId: idOf('login', 'fabrikam-servers'), email: 'servers@fabrikam.example', name: 'Sergio Vera' },
    'read-billing': {
      loginId: idOf('login', 'fabrikam-read-billing'),
      email: 'read-billing@fabrikam.example',
      name: 'Rea Billings',
    },
    'read-servers': {
      loginId: idOf('login', 'fabrikam-read-servers'),
      email: 'read-servers@fabrikam.example',
      name: 'Rea Server',
    },
  },
  keys: {
    livePatching: { id: idOf('activationKey', 'fabrikam-live'), code: 'FABR-1K4M-PATC-7H0G' },
    extendedSupport: { id: idOf('activationKey', 'fabrikam-extended'), code: 'FABR-1K4M-EXTD-3Q8S' },
    extendedSupportSla: { id: idOf('activationKey', 'fabrikam-sla'), code: 'FABR-1K4M-S1AX-9W5T' },
    /** Live patching, at most 10 servers, 8 in use. */
    staging: { id: idOf('activationKey', 'fabrikam-staging'), code: 'STAG-7V2N-XB4C-6D9E' },
  },
  computerCount: 60,
} as const

/** The customers who sign in with an e-mail and an order number, and the logins that do with `demoPassword`. */
export const demoSignIns: readonly { who: string; identifier: string; proof: string }[] = [
  ...[
    { who: 'customer Ada', one: ada },
    { who: 'customer Grace', one: grace },
    { who: 'customer Contoso Clinics (214 licenses)', one: contoso },
  ].map(({ who, one }) => ({ who, identifier: one.email, proof: one.orders[0] })),
  { who: 'partner Northwind', identifier: northwind.login, proof: demoPassword },
  { who: 'reseller Tailspin', identifier: tailspin.login, proof: demoPassword },
  ...Object.entries(fabrikam.logins).map(([role, { email }]) => ({
    who: `server customer Fabrikam, role ${role}`,
    identifier: email,
    proof: demoPassword,
  })),
  { who: 'vendor staff', identifier: acme.login, proof: demoPassword },
]

/** Bearer keys of the demo: read and write, as the master login of their account. */
export const demoApiKeys = [northwind.apiKey, fabrikam.apiKey, acme.apiKey] as const
