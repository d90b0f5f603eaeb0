import type { Child } from 'hono/jsx'
import type { Day } from '#src/domain/day.ts'
import { whyNotDeleted } from '#src/domain/licenses/deletion.ts'
import type { LicenseFilter } from '#src/domain/licenses/filter.ts'
import type { ListedLicense } from '#src/domain/licenses/license.ts'
import { isUpgradable } from '#src/domain/licenses/upgrade.ts'
import type { AccountChoice } from '../../components/account-choice.tsx'
import { licenseDetail } from '../../components/license-name.tsx'
import { SortHead } from '../../components/list-tools.tsx'
import { SupportState } from '../../components/support-state.tsx'
import { OnDay } from '../../components/time.tsx'
import { hx } from '../../hx.ts'
import { paths, withQuery } from '../../paths.ts'

/** What a seller may do with licenses. */
export type SellerMay = { readonly edit: boolean; readonly upgrade: boolean; readonly delete: boolean }

export type SellerView = {
  readonly may: SellerMay
  /** Sellers below, to narrow the list to one of them; none where there are none. */
  readonly accounts: readonly AccountChoice[]
  /** Whether the list says whose each license is: where there is more than one whose it could be. */
  readonly showsOwner: boolean
}

type Props = {
  readonly path: string
  /** What the URL says of the list. */
  readonly query: Record<string, string | null>
  readonly filter: LicenseFilter
  readonly rows: readonly ListedLicense[]
  readonly today: Day
  readonly may: { readonly orders: boolean }
  readonly seller: SellerView
  readonly caption: Child
}

/** Licenses for those who assign them: whose and for whom, what can be done with each, and with many at once. */
export const SellerTable = (props: Props) => {
  const { path, query, filter, rows, seller } = props
  const sortable = filter.q === '' && filter.support === null
  const sorted = (by: 'bought' | 'support', first: string, label: string) =>
    sortable ? (
      <SortHead path={path} query={query} sort={filter.sort} by={by} first={first}>
        {label}
      </SortHead>
    ) : (
      <th scope="col">{label}</th>
    )
  return (
    <>
      {seller.may.edit && <BulkForm may={seller.may} />}
      <table>
        {props.caption}
        <thead>
          <tr>
            {seller.may.edit && (
              <th scope="col">
                <span class="hide">Mark</span>
                <input type="checkbox" hidden data-all="bulk" aria-label="Mark all on this page" />
              </th>
            )}
            <th scope="col">Product</th>
            {seller.showsOwner && <th scope="col">Owner</th>}
            <th scope="col">End customer</th>
            {sorted('bought', '-bought', 'Date')}
            <th scope="col">Computer</th>
            {sorted('support', 'support', 'Support')}
            <th scope="col">Comment</th>
            <th scope="col">Actions</th>
          </tr>
        </thead>
        <tbody>
          {rows.map((license) => (
            <Row {...props} license={license} />
          ))}
        </tbody>
      </table>
    </>
  )
}

/** The marked rows go to a page that says what will happen. */
const BulkForm = ({ may }: { may: SellerMay }) => (
  <form id="bulk" action={paths.bulkLicenses} class="row" {...hx({ boost: 'false' })}>
    <span class="soft">Marked rows:</span>
    <button type="submit" name="act" value="edit">
      Edit
    </button>
    {may.delete && (
      <button type="submit" name="act" value="delete">
        Delete
      </button>
    )}
  </form>
)

const Row = (props: Props & { license: ListedLicense }) => {
  const { license, today, may, seller, path, query } = props
  return (
    <tr>
      {seller.may.edit && (
        <td>
          <input type="checkbox" name="id" value={license.id} form="bulk" aria-label={`Mark ${license.serial}`} />
        </td>
      )}
      <th scope="row">
        <a href={paths.license(license.id)}>{license.productName}</a>
        <br />
        <small>{licenseDetail(license)}</small>
      </th>
      {seller.showsOwner && (
        <td data-label="Owner">
          <a href={withQuery(path, { ...query, account: license.accountId })}>{license.accountName}</a>
        </td>
      )}
      <td data-label="End customer" class="any">
        {license.email}
        {license.orderReference && <small>{orderOf(license.orderReference, may.orders)}</small>}
      </td>
      <td data-label="Date">
        <OnDay day={license.boughtOn} />
      </td>
      <td data-label="Computer">
        {license.computerName === null ? 'Not activated' : <span>✓ {license.computerName}</span>}
        <small>
          <code>{license.serial}</code>
        </small>
      </td>
      <td data-label="Support">
        <SupportState endsOn={license.supportEndsOn} kind={license.kind} today={today} />
      </td>
      <td data-label="Comment">
        <bdi>{license.comment}</bdi>
      </td>
      <td>
        <LicenseActs license={license} may={seller.may} />
      </td>
    </tr>
  )
}

const orderOf = (reference: string, linked: boolean) =>
  linked ? (
    <a href={paths.order(reference)}>
      <code>{reference}</code>
    </a>
  ) : (
    <code>{reference}</code>
  )

/** What can be done with a license; what it refuses does not stand there (R117). */
export const LicenseActs = ({ license, may }: { license: ListedLicense; may: SellerMay }) => {
  const of = <span class="hide"> {license.serial}</span>
  return (
    <>
      {may.upgrade && license.upgradable && isUpgradable(license) && (
        <>
          <a
            class="act"
            href={paths.licenseUpgrade(license.id)}
            target="_blank"
            rel="noopener"
            {...hx({ boost: 'false' })}
          >
            Upgrade{of}
          </a>{' '}
        </>
      )}
      {may.edit && (
        <>
          <a class="act" href={paths.licenseComment(license.id)}>
            Edit{of}
          </a>{' '}
        </>
      )}
      {may.delete && whyNotDeleted(license) === null && (
        <a class="act" href={paths.licenseDeletion(license.id)}>
          Delete{of}
        </a>
      )}
    </>
  )
}
