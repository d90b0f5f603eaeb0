import type { Child } from 'hono/jsx'
import { hx } from '../hx.ts'
import { paths } from '../paths.ts'
import { Document } from './document.tsx'

/**
 * A page that the menu leads to. Entries of its own stand below it, indented; below one that leads nowhere itself they
 * fold out.
 */
export type MenuEntry = {
  readonly href?: string
  readonly label: string
  readonly entries?: readonly MenuEntry[]
}

/** What the frame of every signed-in page shows. */
export type Frame = {
  readonly vendorName: string
  readonly supportEmail: string
  /** Who is signed in, and as what. */
  readonly name: string
  readonly standing: string
  readonly menu: readonly MenuEntry[]
  /** What stands beside "Sign out". */
  readonly ownMenu: readonly MenuEntry[]
  /** What stands above the page, such as the tabs of which it is one. */
  readonly above?: Child
  /** The path of the page and what of its query the menu knows, to mark its entry there. */
  readonly path: string
  readonly narrowed: string
  /** Whether whoever is signed in buys in the portal and has a cart. */
  readonly hasCart: boolean
  readonly notice: string | null
  readonly boosted: boolean
}

type Props = {
  frame: Frame
  title: string
  error?: boolean
  /** What else the head needs; a page that is fetched into another one goes without. */
  head?: Child
  children: Child
}

/** The frame of a signed-in page: rail, bar, main, contact line. */
export const Portal = ({ frame, title, error, head, children }: Props) => (
  <Document
    title={`${error ? 'Error: ' : ''}${title}`}
    vendorName={frame.vendorName}
    boosted={frame.boosted}
    head={head}
  >
    <div id="page" class="portal">
      <a class="skip" href="#main">
        Skip to content
      </a>
      <Rail frame={frame} />
      <div>
        <header class="bar">
          <input class="hide" type="checkbox" id="menu" aria-label="Hide the menu" />
          <label for="menu" aria-hidden="true">
            ✕ Menu
          </label>
          {frame.hasCart && <Cart />}
          <span>
            {frame.name} · {frame.standing}
          </span>
        </header>
        <main id="main" tabindex={-1}>
          <div id="notice" role="status" aria-live="polite">
            {frame.notice && <p class="note">{frame.notice}</p>}
          </div>
          {frame.above}
          {children}
          <Contact email={frame.supportEmail} />
        </main>
      </div>
    </div>
  </Document>
)

const Cart = () => (
  <a href={paths.cart}>
    <svg width="16" height="16" viewBox="0 0 16 16" fill="none" stroke="currentColor" aria-hidden="true">
      <path d="M0 1h3l2 9h8l2-6H4M6 13h0m6 0h0" stroke-width="1.5" stroke-linecap="round" />
    </svg>{' '}
    Cart
  </a>
)

const Rail = ({ frame }: { frame: Frame }) => (
  <nav class="rail" aria-label="Menu">
    <b>{frame.vendorName}</b>
    {frame.menu.map((entry) => (
      <Entry frame={frame} {...entry} />
    ))}
    <footer>
      {frame.ownMenu.map((entry) => (
        <Entry frame={frame} {...entry} />
      ))}
      <form method="post" action={paths.signOut} {...hx({ boost: 'false' })}>
        <button type="submit">Sign out</button>
      </form>
    </footer>
  </nav>
)

const Entry = ({ frame, href, label, entries = [] }: MenuEntry & { frame: Frame }) => {
  const below = entries.map((entry) => <Entry frame={frame} {...entry} />)
  if (!href) {
    return (
      <details open={entries.some((entry) => isHere(frame, entry))}>
        <summary>{label}</summary>
        {below}
      </details>
    )
  }
  return (
    <>
      <a href={href} {...(isHere(frame, { href }) ? { 'aria-current': 'page' } : {})}>
        {label}
      </a>
      {entries.length > 0 && <div>{below}</div>}
    </>
  )
}

/**
 * An entry with a query stands for the page that is narrowed so; one without for all that lies under its path, but for what
 * another entry leads to.
 */
function isHere({ menu, path, narrowed }: Frame, { href = '' }: Pick<MenuEntry, 'href'>): boolean {
  const [page = '', query] = href.split('?')
  if (query !== undefined) return path === page && narrowed === query
  if (page === paths.home) return path === '/' || path.startsWith(paths.licenses)
  const isDeeper = ({ href: other = '' }: MenuEntry) =>
    other.startsWith(page) && other.length > page.length && path.startsWith(other)
  return path.startsWith(page) && !menu.some(isDeeper) && !(narrowed && isListed(menu, `${path}?${narrowed}`))
}

const isListed = (menu: readonly MenuEntry[], href: string): boolean =>
  menu.some((entry) => entry.href === href || isListed(entry.entries ?? [], href))

const Contact = ({ email }: { email: string }) => (
  <footer class="soft">
    Questions about orders, licenses or support? Write to <a href={`mailto:${email}`}>{email}</a> and give your purchase
    e-mail or an order number.
  </footer>
)
