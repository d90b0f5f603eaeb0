import { read } from '#src/db/query.ts'
import { findWarningChoiceById, listWarnedEnds } from '#src/db/warnings.ts'
import { sizeInWords, sizeOf } from '#src/domain/catalog/offer.ts'
import { type Day, daysBetween } from '#src/domain/day.ts'
import type { End } from '#src/domain/warnings/warning.ts'
import { csvFile } from '#src/gateways/csv.ts'
import type { Attachment } from '#src/gateways/mail.ts'
import { expiryWarningLetter, shownEnds } from '#views/letters/warnings.ts'
import { paths, withQuery } from '#views/paths.ts'
import type { Deps } from '../deps.ts'
import { Pointless } from '../letters/pointless.ts'
import { headersOf, type MailedLetter } from '../letters/unsubscribe.ts'

export type ExpiryWarningParams = { readonly accountId: string; readonly day: Day }

/** How many ends a warning tells. */
const mostEnds = 1000

/** The letter of a day's warnings: what is still there of it. Throws where nothing is, or nobody wants to be warned any more. */
export async function readWarning(deps: Deps, { accountId, day }: ExpiryWarningParams): Promise<MailedLetter> {
  const [[account], ends] = await read(deps.db, [
    findWarningChoiceById(accountId),
    listWarnedEnds(accountId, day, mostEnds + 1),
  ])
  if (!account || ends.length === 0) throw new Pointless('What it warned of is gone')
  if (account.leads.length === 0) throw new Pointless('Its account wants no warnings any more')
  const { origin } = deps.settings
  const unsubscribe = origin + paths.link(await deps.secrets.tokenFor('warnings', account.id))
  const told = ends.slice(0, mostEnds)
  const list = account.kind === 'customer' ? withQuery(paths.home, { tab: 'support' }) : supportOf(told)
  return {
    letter: expiryWarningLetter(
      { accountName: account.name, sells: account.kind !== 'customer', day, ends: told, isCut: ends.length > mostEnds },
      { list: origin + list, settings: account.hasLogin ? origin + paths.warnings : null, unsubscribe },
    ),
    headers: headersOf(unsubscribe),
    attachments: told.length > shownEnds ? [csvOf(told, day)] : [],
  }
}

/** The list of support that ends in the days that a warning tells of; what ends first stands first. */
function supportOf(ends: readonly End[]): string {
  const days = ends.filter(({ kind }) => kind === 'support').map(({ endsOn }) => endsOn)
  return withQuery(paths.support, { from: days[0], to: days.at(-1) })
}

const csvOf = (ends: readonly End[], day: Day): Attachment => ({
  filename: `ends-${day}.csv`,
  type: 'text/csv',
  text: csvFile([
    ['Ends on', 'Days left', 'What', 'Product', 'Serial number', 'End customer', 'Account', 'Order number', 'Comment'],
    ...ends.map((one) => [
      ...[one.endsOn, String(daysBetween(day, one.endsOn)), one.kind],
      `${one.productName} ${one.editionName}, ${sizeInWords(sizeOf(one.size), one.unit)}`,
      ...[one.serial, one.email, one.ownerName, one.orderReference ?? '', one.comment],
    ]),
  ]),
})
