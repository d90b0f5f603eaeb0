import type { Child } from 'hono/jsx'
import { addDays, type Day } from '#src/domain/day.ts'
import {
  type Digest,
  expiredLately,
  type LicenseToDo,
  renewalAhead,
  type Section,
} from '#src/domain/warnings/digest.ts'
import { idleDays, type Proposal } from '#src/domain/warnings/rightsizing.ts'
import { OnDay } from '../../components/time.tsx'
import { type Frame, Portal } from '../../layouts/portal.tsx'
import { paths, withQuery } from '../../paths.ts'
import { capped, counted } from '../../words.ts'

type Props = {
  frame: Frame
  digest: Digest
  today: Day
  /** Whether the reader can choose if a letter tells it each week. */
  mayChoose: boolean
}

/** What there is to do for a seller: expired support, licenses that nobody activated, over-use, renewals to make smaller (R309). */
export const DigestPage = ({ frame, digest, today, mayChoose }: Props) => {
  const { expired, idle, overUsed, proposals } = digest
  const isEmpty = [expired, idle, overUsed, proposals].every(({ count }) => count === 0)
  return (
    <Portal frame={frame} title="To do">
      <header>
        <h1>To do</h1>
        <p class="soft">
          For you and everybody below you, as it stands now.{' '}
          {mayChoose && <a href={paths.warnings}>Choose whether a letter tells it each week</a>}
        </p>
      </header>
      {isEmpty && (
        <p class="card" role="status">
          Nothing to do: no support expired lately, all licenses are in use, nothing is over its limit.
        </p>
      )}
      <Licenses
        title="Support that expired lately"
        section={expired}
        day="Ended on"
        all={withQuery(paths.support, { from: addDays(today, -expiredLately), to: addDays(today, -1) })}
      />
      <Licenses
        title="Licenses never activated"
        section={idle}
        day="Bought on"
        all={withQuery(paths.licenses, { only: 'not-activated' })}
      />
      <OverUsed section={overUsed} />
      <Renewals section={proposals} />
    </Portal>
  )
}

const sum = ({ count, isCut }: Section<unknown>): string => capped(isCut ? count + 1 : count, count)

/** A part of the page, where there is anything in it. */
const Part = ({ title, section, children }: { title: string; section: Section<unknown>; children: Child }) =>
  section.count === 0 ? null : (
    <section>
      <h2>
        {title} ({sum(section)})
      </h2>
      {children}
    </section>
  )

type LicensesProps = { title: string; section: Section<LicenseToDo>; day: string; all: string }

const Licenses = ({ title, section, day, all }: LicensesProps) => (
  <Part title={title} section={section}>
    <p>
      <a href={all}>
        Open as a list<span class="hide">: {title}</span>
      </a>
    </p>
    <table>
      <caption class="hide">{title}</caption>
      <thead>
        <tr>
          <th scope="col">Serial number</th>
          <th scope="col">Product</th>
          <th scope="col">End customer</th>
          <th scope="col">Account</th>
          <th scope="col">{day}</th>
        </tr>
      </thead>
      <tbody>
        {section.rows.map((one) => (
          <tr>
            <th scope="row">
              <a href={paths.license(one.licenseId)}>{one.serial}</a>
            </th>
            <td data-label="Product">
              {one.productName} {one.editionName}
            </td>
            <td data-label="End customer" class="any">
              {one.email}
            </td>
            <td data-label="Account">
              <bdi>{one.ownerName}</bdi>
            </td>
            <td data-label={day}>
              <OnDay day={one.day} />
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  </Part>
)

const OverUsed = ({ section }: { section: Digest['overUsed'] }) => (
  <Part title="Over their limit" section={section}>
    <p class="soft">
      What runs goes on; nothing new is activated there before the limit is raised or something is released.
    </p>
    <table>
      <caption class="hide">Over their limit</caption>
      <thead>
        <tr>
          <th scope="col">Key or product</th>
          <th scope="col">Product</th>
          <th scope="col">Account</th>
          <th scope="col">Allowed</th>
          <th scope="col">In use</th>
        </tr>
      </thead>
      <tbody>
        {section.rows.map((one) => (
          <tr>
            <th scope="row">
              {one.keyId ? <a href={paths.activationKey(one.keyId)}>{one.name}</a> : 'All its servers'}
            </th>
            <td data-label="Product">{one.productName ?? 'Any product'}</td>
            <td data-label="Account">
              <bdi>{one.ownerName}</bdi>
            </td>
            <td data-label="Allowed">{one.allowed}</td>
            <td data-label="In use" class="bad">
              {one.used}
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  </Part>
)

const Renewals = ({ section }: { section: Section<Proposal> }) => (
  <Part title="Renewals to make smaller" section={section}>
    <p class="soft">
      Support that ends within {renewalAhead} days, of licenses not all of which are in use. In use is what a computer
      checked in with during the last {idleDays} days.
    </p>
    <table>
      <caption class="hide">Renewals to make smaller</caption>
      <thead>
        <tr>
          <th scope="col">End customer</th>
          <th scope="col">Product</th>
          <th scope="col">Account</th>
          <th scope="col">First end</th>
          <th scope="col">Licenses</th>
          <th scope="col">Not in use</th>
          <th scope="col">Last used</th>
          <th scope="col">Proposed</th>
        </tr>
      </thead>
      <tbody>
        {section.rows.map((one) => (
          <tr>
            <th scope="row" class="any">
              <a href={withQuery(paths.support, { q: one.email })}>{one.email}</a>
            </th>
            <td data-label="Product">
              {one.productName} {one.editionName}
            </td>
            <td data-label="Account">
              <bdi>{one.ownerName}</bdi>
            </td>
            <td data-label="First end">
              <OnDay day={one.endsOn} />
            </td>
            <td data-label="Licenses">{one.quantity}</td>
            <td data-label="Not in use">{unusedInWords(one)}</td>
            <td data-label="Last used">{one.lastUsedOn ? <OnDay day={one.lastUsedOn} /> : 'never'}</td>
            <td data-label="Proposed">
              <b>{one.proposed === 0 ? 'None: ask first' : counted(one.proposed, 'license')}</b>
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  </Part>
)

const unusedInWords = ({ never, idle }: Proposal): string =>
  [...(never > 0 ? [`${never} never used`] : []), ...(idle > 0 ? [`${idle} not lately`] : [])].join(', ')
