import { randomBytes } from 'node:crypto'
import { appendFileSync, existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { parseEnv } from 'node:util'
import { Trouble, wordsOf } from '../trouble.ts'

/** Where a development portal keeps everything: its database and its secrets. */
export type DataFolder = {
  readonly path: string
  readonly database: string
  /** What `secrets.env` holds: the secrets made at the first start, and whatever was added by hand. */
  readonly variables: Record<string, string>
}

const random = () => randomBytes(32).toString('base64url')

/** Opens the folder; the first time it is made, with secrets of its own. */
export function openDataFolder(path: string): DataFolder {
  const database = join(path, 'portico.db')
  const secrets = join(path, 'secrets.env')
  try {
    mkdirSync(path, { recursive: true })
    if (!existsSync(secrets)) {
      if (existsSync(database)) throw new Trouble(`${secrets} is gone. ${orBeginAnew(path)}`)
      writeFileSync(secrets, freshSecrets(), { mode: 0o600, flag: 'wx' })
    }
    const variables = parseEnv(readFileSync(secrets, 'utf8')) as Record<string, string>
    if (variables.LICENSE_KEYS) return { path, database, variables }
    // A folder that is older than license files gets the key that they are signed with.
    const added = { LICENSE_KEYS: `l1:${random()}` }
    appendFileSync(secrets, `LICENSE_KEYS=${added.LICENSE_KEYS}\n`)
    return { path, database, variables: { ...variables, ...added } }
  } catch (error) {
    if (error instanceof Trouble) throw error
    throw new Trouble(`The data folder cannot be used (${wordsOf(error)}). Choose another one with DATA_DIR.`)
  }
}

const freshSecrets = () =>
  `# Made by npm start, for this machine alone.
SESSION_KEYS=k1:${random()}
LICENSE_KEYS=l1:${random()}
LINK_KEY=${random()}
PASSWORD_PEPPER=${random()}
`

/** What to do about a folder that is damaged. */
export const orBeginAnew = (path: string): string =>
  `Restore it, or remove the folder to begin anew with demo data: rm -r ${path}`
