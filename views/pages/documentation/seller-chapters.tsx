import { paths } from '../../paths.ts'

/** `base` is put before every path: nothing within the portal, its address in a file that is read elsewhere. */
type Props = { base: string /** Pages that the reader may not open are named without a link. */; credits?: boolean }

/** How keys are made: the second chapter of the guide for resellers. */
export const KeysChapter = ({ base }: Props) => (
  <>
    <p>
      Everything begins with an activation key: your customer pastes it in the product, and the product finds what you
      assigned to it. The first page of an empty account says so and leads there with "Generate a License"; later it is{' '}
      <a href={base + paths.activationKeys}>Activation keys</a> in the menu.
    </p>
    <p>
      Give the key a name that you recognize, such as the customer's. Press "Random" for a key, or write your own as
      XXXX-XXXX-XXXX-XXXX in letters and digits; the portal says at once when it is not well formed or is taken. "Add"
      saves it. It is fresh: it holds nothing until you assign a license. You can make many at once, rename one, keep a
      note with it, and remove it; before it is removed, the page says which computers it takes along.
    </p>
  </>
)

/** How licenses and support are assigned: the third chapter. */
export const AssignChapter = ({ base, credits = true }: Props) => (
  <>
    <p>
      Open a key and choose one of the products that were given to you. Then decide: a trial has an end, which you set
      in days, costs nothing and is had once by each customer; a permanent license has none and costs one{' '}
      {credits ? <a href={base + paths.credits}>credit</a> : 'credit'} of its edition and size.
    </p>
    <p>
      Choose edition and size, write the customer's e-mail and a comment if you like. Beside the form stands what it
      costs, the credits that you have and those that are left; when they do not suffice, it warns you before anything
      is done. Support is assigned in the same way, by the year, with the license or later from the license's page. A
      trial becomes permanent from there too.
    </p>
  </>
)

/** How licenses and support are followed: the fourth chapter. */
export const FollowChapter = ({ base }: Props) => (
  <>
    <p>
      <a href={base + paths.home}>Home</a> lists your licenses and those of your resellers. "Upgrade" gives one more
      users or a higher edition; it costs a credit of the new size and returns the one of the old. "Edit" changes e-mail
      and comment. "Delete" is there as long as the license was never activated on a computer, and returns its credit.
    </p>
    <p>
      <a href={base + paths.support}>Support</a> follows when it ends: choose a range of days, a past one for what has
      expired, or one of the ranges that are ready, and narrow the list to a reseller or product. "Extend" adds years,
      from its end where it is valid and from today where it is over. Tick several to extend them in one act; the total
      is shown first.
    </p>
  </>
)

/** How subscriptions are generated: the fifth chapter. */
export const SubscriptionsChapter = ({ base }: Props) => (
  <>
    <p>
      Remote Support is not bought once but subscribed to. <a href={base + paths.subscriptions}>Subscriptions</a> lists
      yours; "Generate a subscription" makes one. Choose the software and the channels: the number of sessions that the
      customer may run at the same time. Add the customer's e-mail, the term and the activation key, and press "Submit".
    </p>
    <p>
      It costs no credits; it is billed by channels and term, and renews itself. Channels can be changed at any time,
      and a subscription can be canceled at the end of the term that runs.
    </p>
  </>
)

/** What a seller does for those below: only in the portal's own documentation. */
export const ResellersChapter = () => (
  <>
    <p>
      Resellers of your software, and customers with many computers, can have an account below yours. "Add a new
      reseller" on the page <a href={paths.resellers}>Resellers</a> asks for a login, a password, an e-mail and the
      products that they may use. Press "Random" for the password: it is safer, it is shown to you once, and it must be
      changed at the first sign-in. A letter takes login, address and a link that sets the password to them; a password
      is never mailed.
    </p>
    <p>
      Right after, a form offers to give them some of your credits. Later the list of resellers gives more, takes
      unspent ones back, edits their profile and products, and suspends or resumes the account with everybody below it.
    </p>
    <p>
      Hand them the{' '}
      <a href={paths.resellerGuide} download="reseller-guide.html">
        guide for resellers
      </a>
      : one page to keep, print or mail.
    </p>
  </>
)

/** How credits are counted. */
export const CreditsChapter = () => (
  <p>
    A credit is one license, or one year of its support, of a certain edition and size.{' '}
    <a href={paths.credits}>Credits</a> shows how many you have of each, which run low, and every movement with who,
    when, why and what was left. What you give to a reseller leaves your credits in the same moment; nobody can give or
    spend more than there is.
  </p>
)
