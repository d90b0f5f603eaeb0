import { commit } from '#src/db/commit.ts'
import { read } from '#src/db/query.ts'
import { findWarningChoiceById, updateWarningChoice, type WarningChoiceRow } from '#src/db/warnings.ts'
import { isId } from '#src/domain/ids.ts'
import { refuse } from '#src/domain/refusal.ts'
import { defaultLeads } from '#src/domain/warnings/leads.ts'
import { fingerprintOf } from '#src/gateways/secrets.ts'
import type { Deps } from '../deps.ts'
import { record } from '../record.ts'
import { changeOf } from './choose-warnings.ts'

/** Whether a mailed token is that of an account's warnings. */
export const isWarningToken = (token: string): boolean => token.startsWith('acc_')

/** What a mailed link is about: the warnings of ends, or the weekly digest. */
export type Mailed = 'warnings' | 'digest'

/** The account that a mailed link is of, and what it is about. Refuses `invalid-link` where it is forged. */
export async function openWarningLink(deps: Deps, token: string): Promise<WarningChoiceRow & { about: Mailed }> {
  const [id = ''] = token.split('.')
  const forged = { code: 'invalid-link', detail: 'This link is not whole. Copy it again from the letter' } as const
  if (!isId('account', id)) return refuse(forged)
  const about = await aboutOf(deps, id, token)
  if (!about) return refuse(forged)
  const [[found]] = await read(deps.db, [findWarningChoiceById(id)])
  return found ? { ...found, about } : refuse(forged)
}

/** Which of the two a token was made for, if it was made here. */
async function aboutOf({ secrets }: Deps, id: string, token: string): Promise<Mailed | undefined> {
  const given = await fingerprintOf(token.slice(0, 256))
  const made = async (kind: Mailed) => (await fingerprintOf(await secrets.tokenFor(kind, id))) === given
  if (await made('warnings')) return 'warnings'
  return (await made('digest')) ? 'digest' : undefined
}

/** Whether an account gets what a link is about. */
export const gets = ({ about, leads, weeklyDigest }: WarningChoiceRow & { about: Mailed }): boolean =>
  about === 'digest' ? weeklyDigest : leads.length > 0

/** Ends the warnings or the digest of an account, or brings them back: warnings as everybody begins with. Twice does no harm. */
export async function answerWarningLink(
  deps: Deps,
  row: WarningChoiceRow & { about: Mailed },
  answer: 'wanted' | 'unsubscribed',
  from: { address: string; requestId: string },
): Promise<void> {
  const { id, name, email } = row
  if (gets(row) === (answer === 'wanted')) return
  const { leads, weeklyDigest } = row
  const choice =
    row.about === 'digest'
      ? { leads, weeklyDigest: !weeklyDigest }
      : { leads: answer === 'wanted' ? defaultLeads : [], weeklyDigest }
  const by = { kind: 'customer', id, name: email, ...from } as const
  await commit(deps.db, [
    updateWarningChoice(id, null, choice),
    record(deps, by, {
      ...{ action: 'account.warnings-changed', accountId: id, subject: { kind: 'account', id, name } },
      ...changeOf(row, choice),
    }),
  ])
}
