import { findDigest } from '#src/db/digests.ts'
import { read } from '#src/db/query.ts'
import type { Day } from '#src/domain/day.ts'
import { weeklyDigestLetter } from '#views/letters/digest.ts'
import { paths } from '#views/paths.ts'
import type { Deps } from '../deps.ts'
import { Pointless } from '../letters/pointless.ts'
import { headersOf, type MailedLetter } from '../letters/unsubscribe.ts'

export type WeeklyDigestParams = { readonly accountId: string; readonly week: Day }

/** The letter of a week's digest, as it was kept. Throws where it is gone, or not wanted any more. */
export async function readDigest(deps: Deps, { accountId, week }: WeeklyDigestParams): Promise<MailedLetter> {
  const [[found]] = await read(deps.db, [findDigest(accountId, week)])
  if (!found?.weeklyDigest) throw new Pointless('The digest is gone, or not wanted any more')
  const { origin } = deps.settings
  const unsubscribe = origin + paths.link(await deps.secrets.tokenFor('digest', accountId))
  return {
    letter: weeklyDigestLetter(
      { ...found, week },
      { list: origin + paths.digests, settings: origin + paths.warnings, unsubscribe },
    ),
    headers: headersOf(unsubscribe),
    attachments: [],
  }
}
