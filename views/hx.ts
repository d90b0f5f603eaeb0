/** What htmx does on an element; every one of these only improves a link or form that works without it. */
export type Hx = {
  get?: string
  post?: string
  target?: string
  swap?: 'outerMorph' | 'innerHTML' | 'outerHTML'
  trigger?: string
  include?: string
  pushUrl?: 'true' | 'false'
  replaceUrl?: 'true'
  disable?: string
  indicator?: string
  /** For all links and forms below: fetch, and swap what the server answers. */
  boostBelow?: string
}

const names: Record<keyof Hx, string> = {
  get: 'hx-get',
  post: 'hx-post',
  target: 'hx-target',
  swap: 'hx-swap',
  trigger: 'hx-trigger',
  include: 'hx-include',
  pushUrl: 'hx-push-url',
  replaceUrl: 'hx-replace-url',
  disable: 'hx-disable',
  indicator: 'hx-indicator',
  boostBelow: 'hx-boost:inherited',
}

/** The attributes by their names: `<a {...hx({ get: '/x', target: '#list' })}>`. Values never hold what people typed. */
export const hx = (does: Hx): Record<string, string> =>
  Object.fromEntries(Object.entries(does).map(([key, value]) => [names[key as keyof Hx], value]))
