import { paths } from '../../paths.ts'

/** What the guide says of whoever signs in: who they are, how they prove it, and what others may. `leads`: to the settings. */
export const AccountChapter = ({ leads }: { leads: boolean }) => (
  <section id="account">
    <h2>Your account</h2>
    <h3>Settings</h3>
    <p>
      {leads ? <a href={paths.settings}>Settings</a> : 'Settings'} holds what is yours, tab by tab, each saved on its
      own: your name, the company and whom to bill where your role includes it, and the language and time zone in which
      days, times and money are written for you. Leave a tab with something unsaved, and the page asks first.
    </p>
    <p>
      Whoever signs in with an order number has no login yet. “Add a password” makes one by a mailed link; the order
      number goes on working.
    </p>
    <h3>E-mail and password</h3>
    <p>
      To change the e-mail you sign in with, write the new one under E-mail. A letter with a link goes to both
      addresses; once both were followed, within 24 hours, the change is made. The old address can stop it. A new
      password ends your other sessions; under Sessions you see where you are signed in, and end what you do not know. A
      sign-in from a new device is always told by letter.
    </p>
    <h3>Two-factor</h3>
    <p>
      With two-factor, a code of an authenticator app on your phone is asked beside your password. Scan the picture
      under Two-factor, type the code that the app shows, and keep the ten recovery codes that come then: each signs you
      in once when the app is not at hand. The master login can want two-factor of every login. Lost the phone and the
      codes? The master login of your account resets it for you, and the vendor for the master login: it goes off after
      a day, with a letter first, and a code shown before stops it.
    </p>
    <h3>Logins and roles</h3>
    <p>
      Several people can sign in to one account, each with a login of their own and one of six roles:{' '}
      <a href={paths.roles}>what each role may do</a>. The master login invites them under Logins; a letter takes them a
      link that works once, for 7 days, and they choose their own password. There it also sees when each signed in last
      and whether two-factor is on, changes roles and removes logins; both count at once. The last login with full
      access stays.
    </p>
    <h3>API keys</h3>
    <p>
      Scripts sign in with API keys, which the master login makes under API keys: with a role, to read only or to write
      too, for a time, and from some addresses alone if you like. A key is shown once. Rotate it to change it without a
      gap: old and new work side by side for as long as you choose. Revoke it, and its next call is refused.
    </p>
    <p>
      Before an act that could lock you out or let somebody else in – a new API key, a role, an e-mail, two-factor off –
      the portal asks for your password or a code again when that was longer than 15 minutes ago.
    </p>
  </section>
)
