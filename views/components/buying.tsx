import type { Day } from '#src/domain/day.ts'
import type { Id } from '#src/domain/ids.ts'
import type { LicenseKind } from '#src/domain/licenses/license.ts'
import { hx } from '../hx.ts'
import { paths } from '../paths.ts'

type License = {
  readonly id: Id<'license'>
  readonly serial: string
  readonly kind: LicenseKind
  /** Of a permanent one: the day on which it was refunded. */
  readonly endsOn: Day | null
  readonly supportId: Id<'support'> | null
  readonly supportEndsOn: Day | null
  readonly upgradable: boolean
}

/** More users or a higher edition, in a tab of its own (R68 R70); nothing where nothing above is sold. */
export const UpgradeLink = ({ license: { id, serial, upgradable } }: { license: License }) =>
  !upgradable ? null : (
    <a class="act" href={paths.licenseUpgrade(id)} target="_blank" rel="noopener" {...hx({ boost: 'false' })}>
      Upgrade<span class="hide"> {serial}, in a new tab</span>
    </a>
  )

/** Support bought where there is none, renewed where there is (R41 R82 R83). */
export const SupportLink = ({ license: { id, serial, kind, endsOn, supportId } }: { license: License }) =>
  kind !== 'permanent' || endsOn ? null : (
    <a class="act" href={supportId ? paths.supportExtension(supportId) : paths.licenseSupport(id)}>
      {supportId ? 'Renew' : 'Buy Support'}
      <span class="hide"> {supportId ? `support of ${serial}` : `for ${serial}`}</span>
    </a>
  )

/** New licenses (R35), and every support in one order where there is any to be renewed (R36). */
export const Purchases = ({ renews }: { renews: boolean }) => (
  <p class="row">
    <a class="button main" href={paths.catalog}>
      Purchase Licenses
    </a>
    {renews && (
      <a class="button" href={paths.supportRenewal}>
        Renew All Supports
      </a>
    )}
  </p>
)
