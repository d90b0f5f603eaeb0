import { paths } from '../../paths.ts'

type Props = {
  /** Whether the reader may see reports, chooses when the account is warned, and sells. */
  reports: boolean
  chooses: boolean
  sells: boolean
}

/** What the portal tells by mail, by itself. */
export const MailChapter = ({ reports, chooses, sells }: Props) => (
  <section id="mail">
    <h2>Reports and warnings</h2>
    <p>
      A letter warns you of what ends and does not renew by itself: support, trials, and subscriptions that were
      canceled. It comes 30 and 7 days before, on the last day and 14 days after, unless the account chose other days
      {chooses && (
        <>
          {' '}
          under <a href={paths.warnings}>Settings, Warnings</a>
        </>
      )}
      . There is at most one letter a day, with everything in it. What is extended in time is not told any more.
    </p>
    {sells && (
      <p>
        <a href={paths.digests}>To do</a> says where to act: support that expired lately, licenses that nobody
        activated, keys and servers over their limit, and renewals of licenses that are not all in use, with the
        quantity that is. A letter tells the same each Monday.
      </p>
    )}
    {reports && (
      <p>
        <a href={paths.reports}>Reports</a> are lists by mail: what ends, which computers are silent, which credits run
        low. Choose the product, how far ahead, whom to send it to, and when: each day, a day of the week or of the
        month, at an hour of a time zone. A preview shows it first, and a test goes to you alone. Addresses that are not
        of your account are asked before they get anything.
      </p>
    )}
    <p>
      Each of these letters has a link that ends it without a sign-in, and most mail programs show a button for it. The
      same link brings it back.
    </p>
  </section>
)
