import { hx } from '../../hx.ts'
import { type Frame, Portal } from '../../layouts/portal.tsx'
import { paths } from '../../paths.ts'

type Props = { frame: Frame; email: string; request: string }

/** A customer of the shop adds a password to their account, through a link to the e-mail of their orders (Decision 2). */
export const AddPasswordPage = ({ frame, email, request }: Props) => (
  <Portal frame={frame} title="Add a password">
    <h1>Add a password</h1>
    <section class="card">
      <p>
        You signed in with an order number. With a password you can also add two-factor sign-in, logins for colleagues
        and keys for scripts. An order number goes on opening the account; two-factor then guards that way too.
      </p>
      <p>
        We mail a link that sets it to <b class="any">{email}</b>.
      </p>
      <form method="post" action={paths.newPassword} {...hx({ disable: 'find button' })}>
        <input type="hidden" name="request" value={request} />
        <p class="row">
          <button type="submit" class="main">
            Mail me the link
          </button>
          <a class="button" href={paths.home}>
            Not now
          </a>
        </p>
      </form>
    </section>
  </Portal>
)
