import { paths } from '../../paths.ts'

/** For accounts that pay servers from a balance: what is charged when, how to pay in, and how it fills itself. */
export const BillingChapter = () => (
  <section id="billing">
    <h2>Billing</h2>
    <p>
      Servers are paid from a prepaid balance, which stands beside <a href={paths.billing}>Billing</a> in the menu. On
      the first of each month every product is charged once, for the servers in use as the month begins: their number
      times the price for that many. A server that comes later is first charged for the next month; one that is removed
      is charged no more. The ledger shows every amount with how it was reckoned and the balance after it.
    </p>
    <p>
      To pay in, write an amount and press "Top up": you see a quote, pay it in the shop, and the amount is in the
      balance as soon as the shop confirms it. Below zero nothing stops, but what is missing is due.
    </p>
    <p>
      <a href={paths.autopayment}>Autopayment</a> fills the balance for you: up to an amount of yours when it is low, or
      what you owe, or not at all. It charges the active one of your <a href={paths.paymentMethods}>payment methods</a>,
      of which the portal knows brand, last four digits and end, and never a number. A charge that fails is told by
      letter and tried again after 1, 3 and 7 days. Where nobody can be charged, a letter brings the way to pay.
    </p>
    <p>
      <a href={paths.costs}>Costs</a> shows what each month cost, by product and with what you ordered in the shop.
    </p>
  </section>
)
