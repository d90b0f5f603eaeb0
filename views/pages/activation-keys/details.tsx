import type { ActivationKeySummary, KeyLicense } from '#src/domain/activation-keys/activation-key.ts'
import type { FormerCode } from '#src/domain/activation-keys/rotation.ts'
import type { Day } from '#src/domain/day.ts'
import type { GivenProduct } from '#src/domain/licenses/assignment.ts'
import { Copyable } from '../../components/copyable.tsx'
import { ErrorSummary } from '../../components/error-summary.tsx'
import { LastDay } from '../../components/last-day.tsx'
import { licenseDetail } from '../../components/license-name.tsx'
import { SupportState } from '../../components/support-state.tsx'
import { OnDayOf } from '../../components/time.tsx'
import { UsedOfLimit } from '../../components/used-of-limit.tsx'
import { type Frame, Portal } from '../../layouts/portal.tsx'
import { paths, withQuery } from '../../paths.ts'
import { capped } from '../../words.ts'
import { ProductPicker } from '../licenses/product-picker.tsx'
import { type EditDraft, EditKey } from './edit.tsx'
import { FormerCodes } from './rotation.tsx'
import { KeyServers, type KeyServersProps } from './servers.tsx'

type Props = {
  frame: Frame
  activationKey: ActivationKeySummary
  licenses: readonly KeyLicense[]
  servers: KeyServersProps
  products: readonly GivenProduct[]
  today: Day
  formerCodes: readonly FormerCode[]
  now: Date
  draft: EditDraft
  may: { assign: boolean; edit: boolean; remove: boolean }
}

/** One activation key: what it is, what can be assigned to it, what it holds, its fields (R216). */
export const KeyPage = (props: Props) => {
  const { frame, activationKey: key, products, draft, may } = props
  return (
    <Portal frame={frame} title={`Activation key ${key.name}`} error={draft.errors.length > 0}>
      <nav aria-label="Breadcrumb">
        <a href={paths.activationKeys}>Activation keys</a> › <bdi>{key.name}</bdi>
      </nav>
      <h1>
        <bdi>{key.name}</bdi>
      </h1>
      <ErrorSummary errors={draft.errors} />
      <Facts {...key} today={props.today} />
      {may.edit && (
        <p class="row">
          <a class="button" href="#edit">
            Edit key
          </a>
          <a class="button" href={paths.activationKeyRotation(key.id)}>
            Rotate key
          </a>
          <RemoveKey {...key} mayRemove={may.remove} />
        </p>
      )}
      {may.assign ? (
        <section>
          <h2>Assign a license</h2>
          <ProductPicker keyId={key.id} products={products} />
        </section>
      ) : (
        !key.isOwn && <p class="note">This key is {key.accountName}’s: they assign its licenses from their credits.</p>
      )}
      {(key.licenses > 0 || may.assign || !key.productCode) && <Licenses {...props} />}
      {(key.activeComputers > 0 || props.servers.machine === 'server') && <KeyServers {...props.servers} />}
      {may.edit && <EditKey activationKey={key} draft={draft} />}
      <FormerCodes codes={props.formerCodes} now={props.now} />
    </Portal>
  )
}

const Facts = ({ today, ...key }: ActivationKeySummary & { today: Day }) => (
  <dl class="card">
    <dt>Key</dt>
    <dd class="row">
      <Copyable text={key.code} label="the activation key" />
      {key.isDefault && <b class="good">default</b>}
    </dd>
    {!key.isOwn && (
      <>
        <dt>Account</dt>
        <dd>{key.accountName}</dd>
      </>
    )}
    {key.productName && (
      <>
        <dt>License type</dt>
        <dd>
          {key.isOwn && key.productCode ? (
            <a href={paths.product(key.productCode)}>{key.productName}</a>
          ) : (
            key.productName
          )}
        </dd>
      </>
    )}
    <dt>Note</dt>
    <dd>{key.note ? <bdi>{key.note}</bdi> : <span class="soft">None</span>}</dd>
    <dt>Servers</dt>
    <dd>
      <UsedOfLimit used={key.activeComputers} limit={key.computerLimit} label="Servers in use" />
      {key.computerLimit !== null && key.activeComputers > key.computerLimit && (
        <p class="due">More than the limit allows now: they stay, and no new one comes in.</p>
      )}
    </dd>
    <dt>Last day</dt>
    <dd>
      <LastDay day={key.expiresOn} today={today} />
    </dd>
    {key.allowedRanges && (
      <>
        <dt>Allowed addresses</dt>
        <dd>
          {key.allowedRanges.map((range) => (
            <>
              <code>{range}</code>{' '}
            </>
          ))}
        </dd>
      </>
    )}
    <dt>Made</dt>
    <dd>
      <OnDayOf at={key.createdAt} />
    </dd>
  </dl>
)

const Licenses = ({ activationKey: key, licenses, today, may }: Props) => (
  <section>
    <h2>Licenses</h2>
    {licenses.length === 0 ? (
      <p>
        This key is empty: it holds no license yet.{may.assign && ' Choose a product above to assign the first one.'}
      </p>
    ) : (
      <table>
        <caption>
          {capped(key.licenses)} on this key{key.licenses > licenses.length && ', the newest here'} ·{' '}
          <a href={withQuery(paths.licenses, { q: key.code })}>Show in the list of licenses</a>
        </caption>
        <thead>
          <tr>
            <th scope="col">Product</th>
            <th scope="col">E-mail</th>
            <th scope="col">Computer</th>
            <th scope="col">Support</th>
          </tr>
        </thead>
        <tbody>
          {licenses.map((license) => (
            <tr>
              <th scope="row">
                <a href={paths.license(license.id)}>{license.productName}</a>
                {license.kind === 'trial' && (
                  <>
                    {' '}
                    <b class="due">trial</b>
                  </>
                )}
                <br />
                <small>{licenseDetail(license)}</small>
                {license.kind === 'trial' && may.assign && (
                  <a
                    class="act"
                    href={withQuery(paths.newLicense(key.id), { product: license.productCode, trial: license.id })}
                  >
                    Make permanent
                  </a>
                )}
              </th>
              <td data-label="E-mail">{license.email}</td>
              <td data-label="Computer">
                {license.computerName === null ? 'Not activated' : `✓ ${license.computerName}`}
              </td>
              <td data-label="Support">
                <SupportState endsOn={license.supportEndsOn} kind={license.kind} today={today} />
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    )}
  </section>
)

/** A default key stays, and says why (R218). */
const RemoveKey = ({ mayRemove, ...key }: ActivationKeySummary & { mayRemove: boolean }) => {
  if (!mayRemove) return null
  if (!key.isDefault) {
    return (
      <a class="button" href={paths.activationKeyRemoval(key.id)}>
        Remove this key
      </a>
    )
  }
  return (
    <>
      <button type="button" disabled aria-describedby="stays">
        Remove this key
      </button>
      <span id="stays" class="soft">
        {key.productName
          ? 'This is the default key. It cannot be removed until another key takes its place.'
          : 'This is the default key, which new orders join. It cannot be removed.'}
      </span>
    </>
  )
}
