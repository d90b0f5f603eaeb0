import { type SQL, sql } from 'drizzle-orm'
import type { Unit } from '#src/domain/catalog/offer.ts'
import type { Day } from '#src/domain/day.ts'
import type { Id } from '#src/domain/ids.ts'
import type { LicenseKind } from '#src/domain/licenses/license.ts'
import { keyOfCode } from './machines.ts'
import { build, compile, compiledBy } from './query.ts'

/** A choice looks at so many licenses, those that end last; a key with more has others as good. */
const most = sql.raw('100')

/** How a computer stands in the list of trials that were had (Decision 8). */
export const trialSubject = (fingerprint: string): string => `computer:${fingerprint}`

type Choice = { readonly key: SQL; readonly product: SQL | null; readonly today: SQL; readonly subject: SQL }

/** Licenses of a key and product with their product `p` and edition `e`; off an index, what ends last first. */
const some = ({ key, product }: Choice, free = false): SQL => sql`(select * from licenses
  where activation_key_id = ${key} ${product ? sql`and product_code = ${product}` : sql``}
    ${free ? sql`and computer_id is null` : sql``}
  order by ${sql.raw(product ? '' : 'product_code,')} (ends_on is null) desc, ends_on desc limit ${most}) l
  join products p on p.code = l.product_code
  left join editions e on e.product_code = l.product_code and e.code = l.edition_code`

/** Up to the last of its days of grace. */
const runs = ({ today }: Choice): SQL =>
  sql`(l.ends_on is null or date(l.ends_on, '+' || p.grace_days || ' days') >= ${today})`

const wasHad = ({ subject }: Choice): SQL => sql`(l.kind = 'trial' and exists (select 1 from trials t
  where t.product_code = l.product_code and t.subject_key = ${subject} and t.license_id <> l.id))`

/** The best first: one that runs, before its end, of the higher edition, the larger size, the longer support. */
const bestFirst = (choice: Choice): SQL => sql`${runs(choice)} desc,
  (l.ends_on is null or l.ends_on >= ${choice.today}) desc, e.rank desc, l.size is null desc, l.size desc,
  l.kind, coalesce(l.support_ends_on, '') desc, l.n`

const chosen = (
  choice: Choice,
): SQL<Id<'license'> | null> => sql<Id<'license'> | null>`(select l.id from ${some(choice, true)}
  where ${runs(choice)} and not ${wasHad(choice)} order by ${bestFirst(choice)} limit 1)`

/** The id of the license that a computer gets: on no other, running, and no trial that the computer had before. */
export const chosenLicense = (key: Id<'activationKey'>, product: string, today: Day, fingerprint: string): SQL =>
  chosen({
    ...{ key: sql`${key}`, product: sql`${product}`, today: sql`${today}` },
    subject: sql`${trialSubject(fingerprint)}`,
  })

const asked: Choice = {
  key: keyOfCode,
  product: sql`${sql.placeholder('product')}`,
  today: sql`${sql.placeholder('today')}`,
  subject: sql`${sql.placeholder('subject')}`,
}

const exists = (where: SQL, free = false): SQL<number> =>
  sql<number>`exists (select 1 from ${some(asked, free)} where ${where})`

const choice = compile(
  build
    .select({
      chosen: chosen(asked),
      held: exists(sql`true`),
      taken: exists(sql`l.computer_id is not null and ${runs(asked)}`),
      trialHad: exists(sql`${runs(asked)} and ${wasHad(asked)}`, true),
      endedOn: sql<Day | null>`(select max(l.ends_on) from ${some(asked)} where not ${runs(asked)})`,
    })
    .from(sql`(select 1)`),
)

/** Which license of the key a computer would get, and if none, what is in the way. */
export const findChoice = (code: string, product: string, today: Day, fingerprint: string) =>
  choice({ code, product, today, subject: trialSubject(fingerprint) })
export type LicenseChoice = ReturnType<ReturnType<typeof findChoice>['rows']>[number]

const best = compiledBy((shape: 'product' | 'any') => {
  const wanted = shape === 'product' ? asked : { ...asked, product: null }
  return build
    .select({
      license: {
        id: sql<Id<'license'>>`l.id`,
        serial: sql<string>`l.serial`,
        editionCode: sql<string>`l.edition_code`,
        size: sql<number | null>`l.size`,
        kind: sql<LicenseKind>`l.kind`,
        endsOn: sql<Day | null>`l.ends_on`,
        supportEndsOn: sql<Day | null>`l.support_ends_on`,
      },
      editionName: sql<string | null>`e.name`,
      product: {
        code: sql<string>`p.code`,
        name: sql<string>`p.name`,
        unit: sql<Unit>`p.unit`,
        graceDays: sql<number>`p.grace_days`,
      },
    })
    .from(sql`${some(wanted)}`)
    .orderBy(bestFirst(wanted))
    .limit(1)
})

/** The best license that a key holds, of a product or of any, on whichever computer. */
export const findBestLicense = (code: string, product: string | null, today: Day) =>
  best(product === null ? 'any' : 'product', { code, product, today })
