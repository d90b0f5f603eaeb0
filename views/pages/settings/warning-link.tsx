import { Public } from '../../layouts/public.tsx'
import { paths } from '../../paths.ts'
import type { SignInFrame } from '../sign-in/identify.tsx'

type Account = { readonly name: string; readonly email: string; readonly leads: readonly number[] }
type Props = { frame: SignInFrame; token: string; account: Account }

/** Whoever is warned ends it; whoever is not begins again. Opening the link changes nothing. */
export const WarningLinkPage = ({ frame, token, account }: Props) => {
  const gets = account.leads.length > 0
  return (
    <Public title={gets ? 'Unsubscribe' : 'Get warnings'} {...frame}>
      <h1>{gets ? 'Get no more warnings of ends?' : 'Get warnings of ends again?'}</h1>
      <form class="card form" method="post" action={paths.link(token)}>
        <p>
          Letters that tell in time what ends of <bdi>{account.name}</bdi> {gets ? 'go' : 'would go'} to{' '}
          <b class="any">{account.email}</b>.
        </p>
        <input type="hidden" name="answer" value={gets ? 'unsubscribed' : 'wanted'} />
        <button type="submit" class="main">
          {gets ? 'Unsubscribe' : 'Get warnings'}
        </button>
      </form>
    </Public>
  )
}

/** What the answer did, and the way back. */
export const WarningLinkDonePage = ({
  frame,
  answer,
  account,
}: Pick<Props, 'frame' | 'account'> & { answer: 'wanted' | 'unsubscribed' }) => (
  <Public title={answer === 'wanted' ? 'You get warnings' : 'Unsubscribed'} {...frame}>
    <h1>{answer === 'wanted' ? 'You get warnings' : 'Unsubscribed'}</h1>
    <p class="card">
      Warnings of what ends of <bdi>{account.name}</bdi> {answer === 'wanted' ? 'go to' : 'are not sent any more to'}{' '}
      <b class="any">{account.email}</b>.
      {answer === 'wanted' ? ' Each letter has a link that ends them.' : ' The link of the letter brings them back.'}
    </p>
  </Public>
)
