import type { Day } from '#src/domain/day.ts'
import { eventActionNames } from '#src/domain/events/actions.ts'
import type { EventSummary } from '#src/domain/events/event.ts'
import type { ListedLicense } from '#src/domain/licenses/license.ts'
import { whyNotSupported } from '#src/domain/support/cost.ts'
import { SupportLink, UpgradeLink } from '../../components/buying.tsx'
import { Copyable } from '../../components/copyable.tsx'
import { licenseDetail } from '../../components/license-name.tsx'
import { SupportState } from '../../components/support-state.tsx'
import { At, OnDay, Zone } from '../../components/time.tsx'
import { type Frame, Portal } from '../../layouts/portal.tsx'
import { paths } from '../../paths.ts'
import { durationInWords } from '../../words.ts'
import { LicenseActs, type SellerMay } from './seller-table.tsx'

type Props = {
  frame: Frame
  license: ListedLicense & { readonly computerId: string | null }
  periods: readonly { startsOn: Day; endsOn: Day; source: string }[]
  timeline: readonly EventSummary[]
  today: Day
  may: {
    comment: boolean
    orders: boolean
    files: boolean
    release: boolean
    activate: boolean
    computers: boolean
    buy: boolean
  }
  /** What sellers may do; `null` for customers. */
  seller: (SellerMay & { readonly extend: boolean }) | null
  /** Where the reader makes this trial permanent; `null` where there is nothing to make or they may not. */
  permanent: string | null
}

/** One license: what it is, its support, its computer, its order, and what happened to it. */
export const LicensePage = ({ frame, license, periods, timeline, today, may, seller, permanent }: Props) => (
  <Portal frame={frame} title={`License ${license.serial}`}>
    <nav aria-label="Breadcrumb">
      <a href={paths.home}>Licenses</a> › {license.serial}
    </nav>
    <header>
      <h1>{license.productName}</h1>
      <p class="soft">{licenseDetail(license)}</p>
      {may.buy && license.kind !== 'trial' && (
        <p class="row">
          <UpgradeLink license={license} />
        </p>
      )}
      {seller && (
        <p class="row">
          <LicenseActs license={license} may={seller} />
          {permanent && (
            <a class="act" href={permanent}>
              Make permanent
            </a>
          )}
        </p>
      )}
    </header>
    <dl class="card">
      <dt>Serial number</dt>
      <dd>
        <code>{license.serial}</code>
      </dd>
      <dt>Activation key</dt>
      <dd class="row">
        {license.activationKey ? <Copyable text={license.activationKey} label="the activation key" /> : 'None'}
      </dd>
      {seller && (
        <>
          <dt>Owner</dt>
          <dd>{license.accountName}</dd>
        </>
      )}
      <dt>Bought</dt>
      <dd>
        <OnDay day={license.boughtOn} />
        {license.orderReference && (
          <>
            {' '}
            with order{' '}
            {may.orders ? (
              <a href={paths.order(license.orderReference)}>
                <code>{license.orderReference}</code>
              </a>
            ) : (
              <code>{license.orderReference}</code>
            )}
          </>
        )}
      </dd>
      <dt>E-mail</dt>
      <dd>{license.email}</dd>
      <dt>Computer</dt>
      <dd>
        <Computer license={license} may={may} />
      </dd>
      {may.files && (
        <>
          <dt>License file</dt>
          <dd>
            <a class="act" href={paths.licenseFileIn(license.id)} download>
              Download
            </a>{' '}
            <span class="soft">for releases that ask for a file</span>
          </dd>
        </>
      )}
      <dt>Comment</dt>
      <dd>
        {license.comment ? <bdi>{license.comment}</bdi> : <span class="soft">None</span>}{' '}
        {may.comment && !seller && (
          <a class="act" href={paths.licenseComment(license.id)}>
            Edit
          </a>
        )}
      </dd>
    </dl>
    <section>
      <h2>Update and Support Services</h2>
      <p>
        <SupportState endsOn={license.supportEndsOn} kind={license.kind} today={today} />{' '}
        {seller?.extend && <SupportAct license={license} />}
        {may.buy && <SupportLink license={license} />}{' '}
        {may.files && license.supportId && (
          <a class="act" href={paths.supportFileIn(license.id)} download>
            Support file
          </a>
        )}
      </p>
      {periods.length > 0 && (
        <table>
          <thead>
            <tr>
              <th scope="col">From</th>
              <th scope="col">To</th>
              <th scope="col">Duration</th>
            </tr>
          </thead>
          <tbody>
            {periods.map((period) => (
              <tr>
                <td data-label="From">
                  <OnDay day={period.startsOn} />
                </td>
                <td data-label="To">
                  <OnDay day={period.endsOn} />
                </td>
                <td data-label="Duration">{durationInWords(period.startsOn, period.endsOn)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
    </section>
    <section>
      <h2>Timeline</h2>
      {timeline.length === 0 ? (
        <p class="soft">Nothing happened to this license yet.</p>
      ) : (
        <table>
          <thead>
            <tr>
              <th scope="col">
                When (<Zone />)
              </th>
              <th scope="col">What</th>
              <th scope="col">Who</th>
            </tr>
          </thead>
          <tbody>
            {timeline.map((event) => (
              <tr>
                <td data-label="When">
                  <At at={event.at} />
                </td>
                <td data-label="What">{eventActionNames[event.action]}</td>
                <td data-label="Who">{event.actorName}</td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
    </section>
  </Portal>
)

/** The computer that runs the license, with what is done with it; where there is none, the way for one without a line. */
const Computer = ({ license, may }: Pick<Props, 'license' | 'may'>) => {
  const { id, computerId, computerName } = license
  if (computerName === null || computerId === null) {
    return (
      <>
        Not activated{' '}
        {may.activate && (
          <a class="act" href={paths.newLicenseFile}>
            Without internet
          </a>
        )}
      </>
    )
  }
  return (
    <>
      ✓ {may.computers ? <a href={paths.computer(computerId)}>{computerName}</a> : computerName}{' '}
      {may.release && (
        <a class="act" href={paths.newRelease(id)}>
          Release
        </a>
      )}
    </>
  )
}

/** Extends support, or adds it where there is none; nothing for licenses that get none with credits. */
export const SupportAct = ({ license }: { license: ListedLicense }) => {
  if (whyNotSupported({ ...license, given: true }) !== null) return null
  const { supportId, id, serial } = license
  return (
    <a class="act" href={supportId ? paths.supportExtension(supportId) : paths.licenseSupport(id)}>
      {supportId ? 'Extend' : 'Add support'}
      <span class="hide"> {serial}</span>
    </a>
  )
}
