/** The six roles of a login, as the seeds name them (`facts.md`, role matrix). */
export const roles = ['full', 'billing', 'servers-licenses', 'servers', 'read-billing', 'read-servers'] as const
export type Role = (typeof roles)[number]

export const roleNames: Record<Role, string> = {
  full: 'Full Access/Admin',
  billing: 'Billing',
  'servers-licenses': 'Server and License Management',
  servers: 'Server Management Only',
  'read-billing': 'Read Only — Billing',
  'read-servers': 'Read Only — Server Management',
}

/** The fourteen permissions, each with the roles that hold it, in the order of `roles`: the matrix of the seeds, exactly. */
export const permissions = {
  'products.view': ['full', 'billing', 'servers-licenses', 'servers', 'read-billing', 'read-servers'],
  'licenses.view': ['full', 'billing', 'servers-licenses', 'servers', 'read-billing', 'read-servers'],
  reporting: ['full', 'servers-licenses', 'servers', 'read-billing', 'read-servers'],
  'servers.edit': ['full', 'servers-licenses', 'servers'],
  'activation-keys.create': ['full', 'servers-licenses', 'servers'],
  'licenses.order': ['full', 'servers-licenses'],
  'invoices.view': ['full', 'billing', 'read-billing'],
  'billing.view': ['full', 'billing', 'read-billing'],
  'cards.edit': ['full', 'billing'],
  'account.edit': ['full', 'billing'],
  'billing.edit': ['full', 'billing'],
  'prices.view': ['full', 'billing'],
  'account.view': ['full', 'billing'],
  'password.change': ['full'],
} as const satisfies Record<string, readonly Role[]>
export type Permission = keyof typeof permissions

/** The permissions as the seeds name them. */
export const permissionNames: Record<Permission, string> = {
  'products.view': 'View products',
  'licenses.view': 'View servers and licenses information',
  reporting: 'Reporting',
  'servers.edit': 'Add and delete servers',
  'activation-keys.create': 'Create activation keys',
  'licenses.order': 'Order and delete licenses',
  'invoices.view': 'View invoices',
  'billing.view': 'View billing information',
  'cards.edit': 'Edit credit-card information',
  'account.edit': 'Edit account information',
  'billing.edit': 'Edit billing information, top up for reseller',
  'prices.view': 'View prices',
  'account.view': 'View account information',
  'password.change': 'Change the password of the master login',
}

export const permissionHeldBy = (role: Role, permission: Permission): boolean =>
  (permissions[permission] as readonly Role[]).includes(role)
