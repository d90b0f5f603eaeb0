import { and, eq, sql } from 'drizzle-orm'
import type { Id } from '#src/domain/ids.ts'
import type { AccountField, LoginField } from '#src/domain/settings/fields.ts'
import { build, compile, write } from './query.ts'
import { accountInReach, type Reach, within } from './reach.ts'
import { accounts, logins } from './schema/accounts.ts'

const ownLogin = sql`(select s.login_id from sessions as s where s.id = ${sql.placeholder('credential')})`

const own = compile(
  build
    .select({
      account: {
        id: accounts.id,
        version: accounts.version,
        name: accounts.name,
        email: accounts.email,
        phone: accounts.phone,
        fax: accounts.fax,
        addressLine1: accounts.addressLine1,
        addressLine2: accounts.addressLine2,
        addressLine3: accounts.addressLine3,
        country: sql<string>`coalesce(${accounts.country}, '')`,
        city: sql<string>`coalesce(${accounts.city}, '')`,
        zip: accounts.zip,
        vatNumber: accounts.vatNumber,
        upgradeUrl: accounts.upgradeUrl,
        billingEmail: sql<string>`iif(${accounts.billingEmail} = '', ${accounts.email}, ${accounts.billingEmail})`,
        billingFirstName: accounts.billingFirstName,
        billingLastName: accounts.billingLastName,
      },
      login: {
        id: logins.id,
        version: logins.version,
        login: logins.login,
        email: logins.email,
        title: logins.title,
        firstName: logins.firstName,
        lastName: logins.lastName,
        name: logins.name,
        formatLocale: logins.formatLocale,
        timeZone: logins.timeZone,
      },
    })
    .from(accounts)
    .leftJoin(logins, sql`${logins.id} = ${ownLogin}`)
    .where(sql`${accounts.n} = ${accountInReach}`),
)

/** The account that asks and, where a person does, their login: all that can be set of both. */
export const findSettings = (reach: Reach) => own(within(reach))
export type SettingsRow = ReturnType<ReturnType<typeof findSettings>['rows']>[number]

/** Sets fields of an account of a version; stands before `expectOne`. */
export const updateAccountSettings = (
  id: Id<'account'>,
  version: number,
  fields: Partial<Record<AccountField, string>>,
) =>
  write(
    build
      .update(accounts)
      .set({ ...fields, version: sql`${accounts.version} + 1` })
      .where(and(eq(accounts.id, id), eq(accounts.version, version))),
  )

/** Sets fields of a login of a version; stands before `expectOne`. */
export const updateLoginSettings = (
  id: Id<'login'>,
  version: number,
  fields: Partial<Record<LoginField | 'name', string>>,
) =>
  write(
    build
      .update(logins)
      .set({ ...fields, version: sql`${logins.version} + 1` })
      .where(and(eq(logins.id, id), eq(logins.version, version))),
  )
