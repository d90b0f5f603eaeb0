import { commit } from '#src/db/commit.ts'
import { read } from '#src/db/query.ts'
import { findWarningChoiceById, updateWarningChoice, type WarningChoiceRow } from '#src/db/warnings.ts'
import { isId } from '#src/domain/ids.ts'
import { refuse } from '#src/domain/refusal.ts'
import { defaultLeads } from '#src/domain/warnings/leads.ts'
import { fingerprintOf } from '#src/gateways/secrets.ts'
import type { Deps } from '../deps.ts'
import { record } from '../record.ts'
import { toldOf } from './choose-warnings.ts'

/** Whether a mailed token is that of an account's warnings. */
export const isWarningToken = (token: string): boolean => token.startsWith('acc_')

/** The account that a mailed link is of. Refuses `invalid-link` where it is forged. */
export async function openWarningLink(deps: Deps, token: string): Promise<WarningChoiceRow> {
  const [id = ''] = token.split('.')
  const forged = { code: 'invalid-link', detail: 'This link is not whole. Copy it again from the letter' } as const
  if (!isId('account', id)) return refuse(forged)
  const genuine = await deps.secrets.tokenFor('warnings', id)
  if ((await fingerprintOf(genuine)) !== (await fingerprintOf(token.slice(0, 256)))) refuse(forged)
  const [[found]] = await read(deps.db, [findWarningChoiceById(id)])
  return found ?? refuse(forged)
}

/** Ends the warnings of an account, or brings back those that everybody begins with. Twice does no harm. */
export async function answerWarningLink(
  deps: Deps,
  row: WarningChoiceRow,
  answer: 'wanted' | 'unsubscribed',
  from: { address: string; requestId: string },
): Promise<void> {
  const { id, name, email } = row
  const leads = answer === 'unsubscribed' ? [] : row.leads.length > 0 ? row.leads : defaultLeads
  if (JSON.stringify(leads) === JSON.stringify(row.leads)) return
  const by = { kind: 'customer', id, name: email, ...from } as const
  await commit(deps.db, [
    updateWarningChoice(id, null, { leads }),
    record(deps, by, {
      ...{ action: 'account.warnings-changed', accountId: id, subject: { kind: 'account', id, name } },
      ...{ before: toldOf(row), after: toldOf({ leads }) },
    }),
  ])
}
