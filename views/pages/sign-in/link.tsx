import { Public } from '../../layouts/public.tsx'
import { paths } from '../../paths.ts'
import type { SignInFrame } from './identify.tsx'

type Props = { frame: SignInFrame; token: string; name: string }

/** What a mailed sign-in link will do, and the button that does it: opening the link alone changes nothing. */
export const SignInLinkPage = ({ frame, token, name }: Props) => (
  <Public title="Sign in" {...frame}>
    <h1>Sign in</h1>
    <form class="card form" method="post" action={paths.link(token)}>
      <p>
        This link signs you in as <b>{name}</b>, once.
      </p>
      <button type="submit" class="main">
        Login
      </button>
    </form>
  </Public>
)
