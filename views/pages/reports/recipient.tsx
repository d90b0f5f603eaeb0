import { type ReportKind, reportNames } from '#src/domain/reports/report.ts'
import { Public } from '../../layouts/public.tsx'
import { paths } from '../../paths.ts'
import type { SignInFrame } from '../sign-in/identify.tsx'

type Recipient = {
  readonly email: string
  readonly accountName: string
  readonly kind: ReportKind
  readonly confirmedAt: Date | null
  readonly unsubscribedAt: Date | null
}

type Props = { frame: SignInFrame; token: string; recipient: Recipient }

/** Whoever was asked says that they want a report; whoever gets it ends it. Opening the link changes nothing. */
export const RecipientPage = ({ frame, token, recipient }: Props) => {
  const gets = recipient.confirmedAt !== null && recipient.unsubscribedAt === null
  return (
    <Public title={gets ? 'Unsubscribe' : 'Get this report'} {...frame}>
      <h1>{gets ? 'Get no more of this report?' : 'Get this report?'}</h1>
      <form class="card form" method="post" action={paths.link(token)}>
        <p>
          “{reportNames[recipient.kind]}” of <bdi>{recipient.accountName}</bdi> {gets ? 'goes' : 'would go'} to{' '}
          <b class="any">{recipient.email}</b>.
        </p>
        <input type="hidden" name="answer" value={gets ? 'unsubscribed' : 'confirmed'} />
        <button type="submit" class="main">
          {gets ? 'Unsubscribe' : 'Get this report'}
        </button>
      </form>
    </Public>
  )
}

/** What the answer did, and the way back. */
export const RecipientDonePage = ({
  frame,
  answer,
  recipient,
}: Pick<Props, 'frame' | 'recipient'> & { answer: 'confirmed' | 'unsubscribed' }) => (
  <Public title={answer === 'confirmed' ? 'You get this report' : 'Unsubscribed'} {...frame}>
    <h1>{answer === 'confirmed' ? 'You get this report' : 'Unsubscribed'}</h1>
    <p class="card">
      “{reportNames[recipient.kind]}” of <bdi>{recipient.accountName}</bdi>{' '}
      {answer === 'confirmed' ? 'goes to' : 'is not sent any more to'} <b class="any">{recipient.email}</b>.
      {answer === 'confirmed' ? ' Each letter has a link that ends it.' : ' The link of the letter brings it back.'}
    </p>
  </Public>
)
