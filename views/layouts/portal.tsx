import type { Child } from 'hono/jsx'
import { hx } from '../hx.ts'
import { paths } from '../paths.ts'
import { Document } from './document.tsx'

/** A page that the menu leads to. */
export type MenuEntry = { readonly href: string; readonly label: string }

/** What the frame of every signed-in page shows. */
export type Frame = {
  readonly vendorName: string
  readonly supportEmail: string
  /** Who is signed in, and as what. */
  readonly name: string
  readonly standing: string
  readonly menu: readonly MenuEntry[]
  /** The path of the page, to mark its entry in the menu. */
  readonly path: string
  readonly notice: string | null
  readonly boosted: boolean
}

type Props = { frame: Frame; title: string; error?: boolean; children: Child }

/** The frame of a signed-in page: rail, bar, main, contact line. */
export const Portal = ({ frame, title, error, children }: Props) => (
  <Document title={`${error ? 'Error: ' : ''}${title}`} vendorName={frame.vendorName} boosted={frame.boosted}>
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
          <span>
            {frame.name} · {frame.standing}
          </span>
        </header>
        <main id="main" tabindex={-1}>
          <div id="notice" role="status" aria-live="polite">
            {frame.notice && <p class="note">{frame.notice}</p>}
          </div>
          {children}
          <Contact email={frame.supportEmail} />
        </main>
      </div>
    </div>
  </Document>
)

const Rail = ({ frame }: { frame: Frame }) => (
  <nav class="rail" aria-label="Menu">
    <b>{frame.vendorName}</b>
    {frame.menu.map((entry) => (
      <Entry frame={frame} {...entry} />
    ))}
    <form method="post" action={paths.signOut} {...hx({ boost: 'false' })}>
      <button type="submit">Sign out</button>
    </form>
  </nav>
)

const Entry = ({ frame, href, label }: MenuEntry & { frame: Frame }) => {
  const here =
    href === paths.home ? frame.path === '/' || frame.path.startsWith(paths.licenses) : frame.path.startsWith(href)
  return (
    <a href={href} {...(here ? { 'aria-current': 'page' } : {})}>
      {label}
    </a>
  )
}

const Contact = ({ email }: { email: string }) => (
  <footer class="soft">
    Questions about orders, licenses or support? Write to <a href={`mailto:${email}`}>{email}</a> and give your purchase
    e-mail or an order number.
  </footer>
)
