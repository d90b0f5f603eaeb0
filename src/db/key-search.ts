import { type SQL, sql } from 'drizzle-orm'
import { normalOf } from '#src/domain/activation-keys/code.ts'
import type { ActivationKeyFilter } from '#src/domain/activation-keys/filter.ts'
import { type KeyPage, keysBy, narrowedKeys, narrowedTo, type Way } from './key-lists.ts'
import { compiledBy } from './query.ts'
import { type Reach, within } from './reach.ts'
import { keyNumbers, keyReach } from './schema/key-reach.ts'
import { activationKeys } from './schema/licenses.ts'

/**
 * Where there are no more keys than this, a search goes through all of them and finds any part of name, note or code;
 * among more it finds the beginnings of names and codes, and by full-text search any three letters of name and note.
 * One statement holds both and `limit` picks (`data-patterns.md`, 7).
 */
const fewKeys = 1_000

const isFew = sql`((select count(*) from (select 1 from ${keyReach} where ${narrowedKeys} limit ${sql.raw(String(fewKeys + 1))})) <= ${sql.raw(String(fewKeys))})`
const ofFew = sql`iif(${isFew}, ${sql.placeholder('limit')}, 0)`
const ofMany = sql`iif(${isFew}, 0, ${sql.placeholder('limit')})`

const contains = (column: SQL): SQL => sql`${column} like ${sql.placeholder('text')} escape '\\'`

const anywhere: Way = {
  rows: sql`${keyReach} join ${activationKeys} on ${activationKeys.id} = ${keyReach.keyId}`,
  where: sql`${narrowedKeys} and (${contains(sql`${activationKeys.name}`)} or ${contains(sql`${activationKeys.note}`)}
    or instr(${keyReach.codeNormal}, ${sql.placeholder('code')}) > 0)`,
  ...{ value: sql`${keyReach.createdAt}`, id: sql`${keyReach.keyId}`, descending: true, limit: ofFew },
}

const begins = (column: SQL, needle: string): SQL =>
  sql`${column} >= ${sql.placeholder(needle)} and ${column} < ${sql.placeholder(`${needle}End`)}`
const nameBegins = begins(sql`${keyReach.nameKey}`, 'name')
const codeBegins = begins(sql`${keyReach.codeNormal}`, 'code')
const both = sql`${keyReach.below} in (0, 1)`

/** The index of a beginning holds one's own keys before those below; which of them a key is, is part of what it sorts by. */
const byBeginning = (column: SQL, begun: SQL, below: number, but?: SQL): Way => ({
  rows: sql`${keyReach}`,
  where: sql`${narrowedKeys} and ${keyReach.below} = ${sql.raw(String(below))} and ${begun}${but ? sql` and not (${but})` : sql``}`,
  ...{ value: column, id: sql`${keyReach.keyId}`, descending: false, limit: ofMany },
})

const byText: Way = {
  rows: sql`key_texts cross join ${keyNumbers} on ${keyNumbers.n} = key_texts.rowid
    cross join ${keyReach} on ${keyReach.keyId} = ${keyNumbers.keyId}`,
  where: sql`key_texts match ${sql.placeholder('phrase')} and ${narrowedKeys} and ${both} and not (${nameBegins}) and not (${codeBegins})`,
  ...{ value: sql`key_texts.rowid`, id: sql`''`, descending: true, limit: ofMany },
}

const name = sql`${keyReach.nameKey}`
const code = sql`${keyReach.codeNormal}`
const ways: readonly Way[] = [
  anywhere,
  byBeginning(name, nameBegins, 0),
  byBeginning(name, nameBegins, 1),
  byBeginning(code, codeBegins, 0, nameBegins),
  byBeginning(code, codeBegins, 1, nameBegins),
  byText,
]
/** Those whose value is a number: a cursor holds texts. */
const numeric = new Set([0, ways.length - 1])

type Shape = `${'after' | 'before' | ''}|${number}`

const searchOf = compiledBy((shape: Shape) => {
  const [from, way] = shape.split('|')
  return keysBy(ways, { back: from === 'before', from: from ? Number(way) : null })
})

/** A needle that nothing holds, for a search of which nothing is left once it is brought to a column's form. */
const nothing = '\u0001'
const upTo = (text: string) => `${text}\u{10FFFF}`

/** A page of the keys that a search finds, within the filter. */
export function searchActivationKeys(reach: Reach, filter: ActivationKeyFilter, { limit, after, before }: KeyPage) {
  const beside = before ?? after
  const shape: Shape = `${before ? 'before' : after ? 'after' : ''}|${beside?.way ?? 0}`
  const begun = { name: filter.q.toLowerCase(), code: normalOf(filter.q) || nothing }
  return searchOf(shape, {
    ...within(reach),
    ...narrowedTo(filter),
    limit,
    ...begun,
    ...{ nameEnd: upTo(begun.name), codeEnd: upTo(begun.code) },
    text: `%${filter.q.replaceAll(/[\\%_]/g, '\\$&')}%`,
    phrase: `"${filter.q.replaceAll('"', '""')}"`,
    besideValue: numeric.has(beside?.way ?? -1) ? Number(beside?.value) : beside?.value,
    besideId: (beside?.way ?? 0) === ways.length - 1 ? '' : beside?.id,
  })
}
