/** Every URL of the portal, written once; views, redirects and tests use these. */
export const paths = {
  home: '/',
  signIn: '/sign-in',
  signInProof: '/sign-in/proof',
  signInLinks: '/sign-in/links',
  signOut: '/sign-out',
  link: (token: string) => `/links/${token}`,
  licenses: '/licenses',
  licensesCsv: '/licenses.csv',
  license: (id: string) => `/licenses/${id}`,
  licenseComment: (id: string) => `/licenses/${id}/comment`,
  orders: '/orders',
  ordersCsv: '/orders.csv',
  order: (reference: string) => `/orders/${encodeURIComponent(reference)}`,
  events: '/events',
  eventsCsv: '/events.csv',
  documentation: '/documentation',
  apiReference: '/documentation/api',
  devMail: '/dev/mail',
  devLetter: (id: string) => `/dev/mail/${id}`,
} as const

/** A path with a query; empty values are left out. */
export function withQuery(path: string, query: Record<string, string | number | null | undefined>): string {
  const search = new URLSearchParams()
  for (const [name, value] of Object.entries(query)) {
    if (value !== null && value !== undefined && value !== '') search.set(name, String(value))
  }
  const text = search.toString()
  return text ? `${path}?${text}` : path
}
