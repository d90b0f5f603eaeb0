import { paths } from '../../paths.ts'

/** What the guide says of quotes: how upgrades and support are reckoned, and how a quote is paid. */
export const PricesChapter = () => (
  <section id="prices">
    <h2>What an upgrade costs</h2>
    <p>
      “Purchase Licenses” on <a href={paths.home}>Home</a> opens <a href={paths.catalog}>the catalog</a>. What you add
      waits in <a href={paths.cart}>your cart</a>, where you say how many and for how long with support; it becomes one
      quote. New licenses join your activation key as soon as it is paid.
    </p>
    <p>
      “Upgrade” beside a license shows what it costs while you choose. “Buy” makes a quote of it: every line says how it
      was reckoned, and its total, before the tax that the shop adds, is what you are charged. A quote holds for up to a
      week; <a href={paths.quotes}>your quotes</a> are kept, so that somebody else of your account can pay one.
    </p>
    <ul>
      <li>
        <b>A license that you own</b> (such as Remote Access) is upgraded for the price of the new size and edition less
        the price of those you have, both as they are asked today. What you once paid does not matter.
      </li>
      <li>
        <b>What is paid by the year</b> (such as Remote Work) costs what you add, for the days that are left: 3
        workstations at 100.00 a year, with 146 of 365 days left, are 3 × 100.00 × 146 ÷ 365 = 120.00. The end stays,
        and next year is renewed for all of them. If the year is over, it is renewed from today first.
      </li>
      <li>
        <b>A subscription</b> (such as Remote Support) is paid for a term and not charged again by itself.{' '}
        <a href={paths.subscriptions}>Subscriptions</a> shows until when it is paid; further terms follow its end, more
        channels are paid for the days that are left.
      </li>
      <li>
        <b>More units, lower prices:</b> where the price falls with the number, the number you will have in the end
        counts.
      </li>
      <li>
        <b>Support</b> that is valid goes on for the upgraded license: its difference is paid for the days left. A year
        more begins the day after its end, or today where it has ended. “Renew All Supports” can bring all of them to
        one end: each is paid by the day.
      </li>
    </ul>
    <p>
      Each line is rounded once, to the cent, half up. If a license or a price changes before you pay, the quote says so
      and offers a new one of the same. A payment that was on its way by then is not lost: we apply it or give it back.
    </p>
  </section>
)
