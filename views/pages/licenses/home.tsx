import { isNarrowed } from '#src/domain/licenses/filter.ts'
import { AccountField } from '../../components/account-choice.tsx'
import { Purchases } from '../../components/buying.tsx'
import { Copyable } from '../../components/copyable.tsx'
import { Search } from '../../components/list-tools.tsx'
import { LowCredits } from '../../components/low-credits.tsx'
import { type Frame, Portal } from '../../layouts/portal.tsx'
import { withQuery } from '../../paths.ts'
import { capped, counted } from '../../words.ts'
import { FirstSteps } from './first-steps.tsx'
import { LicenseList, type LicenseListProps, listQuery } from './list.tsx'

type Props = {
  frame: Frame
  /** The customer's own key; sellers have many and see none here. */
  activationKey: string | null
  /** Offers of a seller's own that are low on credits. */
  lowCredits: number
  /** Where a seller's next license begins, for whoever may assign one. */
  generate: { readonly href: string; readonly hasKeys: boolean } | null
  list: LicenseListProps
}

/** Home: the key, what needs attention, licenses and support. */
export const HomePage = ({ frame, activationKey, lowCredits, generate, list }: Props) => {
  const choice = list.seller && list.seller.accounts.length > 0 ? list.seller.accounts : null
  if (generate && list.rows.length === 0 && !isNarrowed(list.filter) && list.pages.page === 1) {
    return (
      <Portal frame={frame} title="Licenses and support">
        <header>
          <p class="soft">Hello, {frame.name}</p>
          <h1>Licenses and support</h1>
        </header>
        <FirstSteps generate={generate.href} hasKeys={generate.hasKeys} />
      </Portal>
    )
  }
  return (
    <Portal frame={frame} title="Licenses and support">
      <header>
        <p class="soft">Hello, {frame.name}</p>
        <h1>Licenses and support</h1>
      </header>
      {activationKey && (
        <section class="card row" aria-label="Activation key">
          <span class="soft">Your activation key</span>
          <Copyable text={activationKey} label="the activation key" />
          <span class="soft">Paste it in the administration tool, on the License tab.</span>
        </section>
      )}
      {generate && (
        <p>
          <a class="button main" href={generate.href}>
            Generate a License
          </a>
        </p>
      )}
      {list.missing > 0 && <MissingSupport {...list} />}
      {lowCredits > 0 && <LowCredits low={lowCredits} />}
      {!list.seller && <Tabs {...list} />}
      {list.may.buy && <Purchases renews={list.rows.some(({ kind }) => kind === 'permanent')} />}
      <Search
        path={list.path}
        q={list.filter.q}
        label="Search for licenses"
        keep={{ ...listQuery(list), q: '', ...(choice ? { account: '' } : {}) }}
      >
        {choice && <AccountField accounts={choice} chosen={list.filter.account} />}
      </Search>
      <LicenseList {...list} />
    </Portal>
  )
}

const MissingSupport = ({ path, missing }: LicenseListProps) => (
  <section class="note">
    <p>
      <b>
        {missing > 100
          ? `${capped(missing)} licenses miss`
          : `${counted(missing, 'license')} ${missing === 1 ? 'misses' : 'miss'}`}{' '}
        Update and Support Services.
      </b>{' '}
      They bring updates and fixes and let you contact support; subscribe to them to protect your licenses.
    </p>
    <a href={withQuery(path, { support: 'missing' })}>Show {missing === 1 ? 'it' : 'them'}</a>
  </section>
)

const Tabs = ({ path, tab, filter }: LicenseListProps) => {
  const to = (name: 'license' | 'support') => withQuery(path, listQuery({ tab: name, filter }))
  return (
    <nav class="tabs" aria-label="Licenses or support">
      <a href={to('license')} {...(tab === 'license' ? { 'aria-current': 'page' } : {})}>
        License
      </a>
      <a href={to('support')} {...(tab === 'support' ? { 'aria-current': 'page' } : {})}>
        Support
      </a>
    </nav>
  )
}
