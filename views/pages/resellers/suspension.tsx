import type { ResellerSummary } from '#src/domain/accounts/reseller.ts'
import { type Frame, Portal } from '../../layouts/portal.tsx'
import { paths } from '../../paths.ts'
import { type Noun, titleOf } from './list.tsx'

type Props = {
  frame: Frame
  noun: Noun
  reseller: ResellerSummary
  /** Accounts below it that are shut out with it, the first of them by name. */
  below: readonly { id: string; name: string }[]
  more: boolean
  request: string
}

/** Says who cannot sign in once an account is suspended, and holds the form that does it. */
export const SuspensionPage = ({ frame, noun, reseller, below, more, request }: Props) => (
  <Portal frame={frame} title={`Suspend ${reseller.name}`}>
    <nav aria-label="Breadcrumb">
      <a href={paths.resellers}>{titleOf(noun)}</a> › <a href={paths.reseller(reseller.id)}>{reseller.name}</a> ›
      Suspend
    </nav>
    <h1>Suspend {reseller.name}?</h1>
    <p>
      From the next request on nobody of <b>{reseller.name}</b> is let in, by password or by API key.{' '}
      {below.length === 0 ? 'There is nobody below it.' : 'Shut out with it:'}
    </p>
    {below.length > 0 && (
      <ul>
        {below.map(({ name }) => (
          <li>{name}</li>
        ))}
        {more && <li>and more</li>}
      </ul>
    )}
    <p>Licenses, keys and credits stay, and what was activated goes on. You can resume it at any time.</p>
    <form class="row" method="post" action={paths.suspension(reseller.id)}>
      <input type="hidden" name="request" value={request} />
      <button type="submit" class="main">
        Suspend {reseller.login}
      </button>
      <a class="button" href={paths.reseller(reseller.id)}>
        Cancel
      </a>
    </form>
  </Portal>
)
