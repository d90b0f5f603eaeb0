/** What htmx does on an element; every one of these only improves a link or form that works without it. */
export type Hx = {
  get?: string
  post?: string
  target?: string
  swap?: 'outerMorph' | 'innerHTML' | 'outerHTML'
  trigger?: string
  /** A newer request takes the place of one under way. */
  sync?: 'replace'
  include?: string
  pushUrl?: 'true' | 'false'
  replaceUrl?: 'true'
  disable?: string
  indicator?: string
  /** A link or form that loads a whole page where those around it fetch. */
  boost?: 'false'
  /** For all links and forms below: fetch, and swap what the server answers; or `false`. */
  boostBelow?: string
}

const names: Record<keyof Hx, string> = {
  get: 'hx-get',
  post: 'hx-post',
  target: 'hx-target',
  swap: 'hx-swap',
  trigger: 'hx-trigger',
  sync: 'hx-sync',
  include: 'hx-include',
  pushUrl: 'hx-push-url',
  replaceUrl: 'hx-replace-url',
  disable: 'hx-disable',
  indicator: 'hx-indicator',
  boost: 'hx-boost',
  boostBelow: 'hx-boost:inherited',
}

/** The attributes by their names: `<a {...hx({ get: '/x', target: '#list' })}>`. Values never hold what people typed. */
export const hx = (does: Hx): Record<string, string> =>
  Object.fromEntries(Object.entries(does).map(([key, value]) => [names[key as keyof Hx], value]))
