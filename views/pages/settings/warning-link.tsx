import { Public } from '../../layouts/public.tsx'
import { paths } from '../../paths.ts'
import type { SignInFrame } from '../sign-in/identify.tsx'

type Account = { readonly name: string; readonly email: string; readonly about: 'warnings' | 'digest' }
type Props = { frame: SignInFrame; token: string; account: Account; gets: boolean }

const words = {
  warnings: {
    ...{ end: 'Get no more warnings of ends?', begin: 'Get warnings of ends again?', get: 'Get warnings of ends' },
    ...{ got: 'You get warnings of ends', is: 'Letters that tell in time what ends of' },
  },
  digest: {
    ...{ end: 'Get the weekly digest no more?', begin: 'Get the weekly digest again?', get: 'Get the weekly digest' },
    ...{ got: 'You get the weekly digest', is: 'The letter that tells each week what there is to do for' },
  },
} as const

/** Whoever gets such letters ends them; whoever does not begins again. Opening the link changes nothing. */
export const WarningLinkPage = ({ frame, token, account, gets }: Props) => {
  const { end, begin, get, is } = words[account.about]
  return (
    <Public title={gets ? 'Unsubscribe' : get} {...frame}>
      <h1>{gets ? end : begin}</h1>
      <form class="card form" method="post" action={paths.link(token)}>
        <p>
          {is} <bdi>{account.name}</bdi>, to <b class="any">{account.email}</b>.
        </p>
        <input type="hidden" name="answer" value={gets ? 'unsubscribed' : 'wanted'} />
        <button type="submit" class="main">
          {gets ? 'Unsubscribe' : get}
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
}: Pick<Props, 'frame' | 'account'> & { answer: 'wanted' | 'unsubscribed' }) => {
  const { got, is } = words[account.about]
  return (
    <Public title={answer === 'wanted' ? got : 'Unsubscribed'} {...frame}>
      <h1>{answer === 'wanted' ? got : 'Unsubscribed'}</h1>
      <p class="card">
        {is} <bdi>{account.name}</bdi>: {answer === 'wanted' ? 'sent to' : 'not sent any more to'}{' '}
        <b class="any">{account.email}</b>.
        {answer === 'wanted' ? ' Each letter has a link that ends it.' : ' The link of the letter brings it back.'}
      </p>
    </Public>
  )
}
