import type { Child } from 'hono/jsx'
import { type Frame, Portal } from '../../layouts/portal.tsx'
import { paths } from '../../paths.ts'
import { AccountChapter } from './account-chapter.tsx'
import { BillingChapter } from './billing-chapter.tsx'
import { ComputersChapter } from './computers-chapter.tsx'
import { MailChapter } from './mail-chapter.tsx'
import { OfflineChapter } from './offline-chapter.tsx'
import { PricesChapter } from './prices-chapter.tsx'
import {
  AssignChapter,
  CreditsChapter,
  FollowChapter,
  KeysChapter,
  ResellersChapter,
  SubscriptionsChapter,
} from './seller-chapters.tsx'
import { ServerChapter } from './server-chapter.tsx'

type Props = {
  frame: Frame
  orderPrefix: string
  sells: boolean
  /** Whether the reader has products for servers. */
  servers: boolean
  /** Whether the reader may activate computers. */
  activates: boolean
  /** Whether the reader may ask for prices. */
  buys: boolean
  /** Whether the reader chooses when the account is warned. */
  choosesWarnings: boolean
  /** Whether the reader may look at the balance that servers are paid from. */
  pays: boolean
}

/** A guide to the portal, in the order in which people need it. */
export const GuidePage = ({ frame, orderPrefix, sells, servers, activates, buys, choosesWarnings, pays }: Props) => (
  <Portal frame={frame} title="Documentation">
    <h1>Documentation</h1>
    <nav aria-label="On this page">
      <a href="#sign-in">Sign in</a> · <a href="#activate">Activate</a> · <a href="#licenses">Licenses and support</a> ·{' '}
      {buys && (
        <>
          <a href="#prices">What an upgrade costs</a> ·{' '}
        </>
      )}
      {sells &&
        chaptersFor(frame).map(({ id, title }) => (
          <>
            <a href={`#${id}`}>{title}</a> ·{' '}
          </>
        ))}
      {servers && (
        <>
          <a href="#servers">Servers</a> ·{' '}
        </>
      )}
      {pays && (
        <>
          <a href="#billing">Billing</a> ·{' '}
        </>
      )}
      <a href="#offline">Without internet</a> · <a href="#orders">Orders</a> · <a href="#mail">Reports and warnings</a>{' '}
      · <a href="#account">Your account</a> · <a href="#events">Events</a> · <a href="#scripts">Scripts</a> ·{' '}
      <a href="#help">Help</a>
    </nav>
    <section id="sign-in">
      <h2>Sign in</h2>
      <p>
        Give the e-mail of your purchase, then any one of your order numbers. Order numbers begin with {orderPrefix},
        and blanks, dashes and capital letters do not matter. If you have a login, give its name and your password
        instead; if you forgot it, a link there mails you another link that sets it.
      </p>
      <p>
        No order number at hand? Ask for a sign-in link on the second step. It comes by mail and works once, for 10
        minutes. "Remember me" keeps you signed in on this device for 30 days, or until 14 days pass without a visit.
        Signing out ends the session at once.
      </p>
    </section>
    <section id="activate">
      <h2>Activate your product</h2>
      <p>
        Copy the activation key from <a href={paths.home}>Home</a> and paste it in the product's administration tool, on
        the License tab, under "Activate your license". One key serves all your orders, the main product and its
        add-ons.
      </p>
      <p>
        Bought more, or moved to another computer? Press "Refresh your License" on the same tab: the product reads its
        license data anew.
      </p>
    </section>
    <section id="licenses">
      <h2>Licenses and support</h2>
      <p>
        The License tab lists what you bought: product, date, order number, the computer it runs on, and until when it
        has Update and Support Services. The Support tab shows how long each support lasts. Support that ended keeps
        answering for 14 days of grace.
      </p>
      <p>
        The search box finds serial numbers, order numbers, activation keys, e-mails, computers, products and comments.
        The chips narrow the list; press one again to widen it. What you see is in the address of the page, so you can
        keep or share it. "Download CSV" gives exactly what the list shows.
      </p>
      <p>"Edit" beside a comment keeps a note of yours with a license, up to 500 characters.</p>
    </section>
    {buys && <PricesChapter />}
    {sells && chaptersFor(frame).map((chapter) => <SellerChapter {...chapter} credits={leads(frame, paths.credits)} />)}
    {leads(frame, paths.computers) && <ComputersChapter />}
    {servers && <ServerChapter />}
    {pays && <BillingChapter />}
    <OfflineChapter activates={activates} />
    <section id="orders">
      <h2>Orders</h2>
      <p>
        Orders shows who bought, with whom, and every order with its total. "Details" opens one with its items and the
        licenses it brought.
      </p>
    </section>
    <MailChapter reports={leads(frame, paths.reports)} chooses={choosesWarnings} sells={leads(frame, paths.digests)} />
    <AccountChapter leads={frame.ownMenu.some(({ href }) => href === paths.settings)} />
    <section id="events">
      <h2>Events</h2>
      <p>
        Events lists everything that happened in your account: who did what, what it was before and after, when, and
        from which address. Narrow it to a person, an act or days; "History" beside a thing shows all that happened to
        it. What came to its end says "expired"; "deleted" and "removed" are what somebody did. Lines are never changed
        or deleted.
      </p>
    </section>
    <section id="scripts">
      <h2>Scripts</h2>
      <p>
        All of this can be asked for by scripts as well: the <a href={paths.apiReference}>API reference</a> tells how,
        with an example for each call. A script sends an API key, which the master login of the account makes: see{' '}
        <a href="#account">Your account</a>.
      </p>
    </section>
    <section id="help">
      <h2>Help</h2>
      <p>
        Press <kbd>/</kbd> to jump to the search box. Everything works without JavaScript and on a slow line; a browser
        that asks to save data gets shorter pages.
      </p>
    </section>
  </Portal>
)

type Chapter = {
  readonly id: string
  readonly title: string
  readonly Text: (props: { base: string; credits?: boolean }) => Child
  /** The page it is about, where not every seller's role opens it. */
  readonly about?: string
}

/** Whether the reader's menu leads to a page. */
const leads = (frame: Frame, path: string): boolean => frame.menu.some(({ href }) => href === path)
const chaptersFor = (frame: Frame) => sellerChapters.filter(({ about }) => !about || leads(frame, about))

const SellerChapter = ({ id, title, Text, credits }: Chapter & { credits: boolean }) => (
  <section id={id}>
    <h2>{title}</h2>
    <Text base="" credits={credits} />
  </section>
)

/** What partners and resellers read beside the rest. */
const sellerChapters: readonly Chapter[] = [
  { id: 'keys', title: 'Activation keys', Text: KeysChapter },
  { id: 'assign', title: 'Assign a license or support', Text: AssignChapter },
  { id: 'follow', title: 'Follow licenses and support', Text: FollowChapter },
  { id: 'subscriptions', title: 'Subscriptions', Text: SubscriptionsChapter },
  { id: 'resellers', title: 'Resellers', Text: ResellersChapter, about: paths.resellers },
  { id: 'credits', title: 'Credits', Text: CreditsChapter, about: paths.credits },
]
