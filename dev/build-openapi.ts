import { mkdir, writeFile } from 'node:fs/promises'
import { dirname } from 'node:path'
import type { OpenapiDocument } from '#views/pages/documentation/openapi-document.ts'
import packageJson from '../package.json' with { type: 'json' }
import { documentOf } from './openapi/document.ts'
import { operations } from './openapi/operations.ts'

/** Where the document is served from, as a static file: the Worker carries none of it. */
const openapiPath = 'public/api/v1/openapi.json'

/** The OpenAPI 3.1 document, from the schemas that the calls themselves parse by. */
export const buildOpenapi = (): OpenapiDocument => documentOf(operations, packageJson.version)

/** Writes the document to `public/`. */
async function writeOpenapi(): Promise<void> {
  await mkdir(dirname(openapiPath), { recursive: true })
  await writeFile(openapiPath, `${JSON.stringify(buildOpenapi())}\n`)
}

if (import.meta.main) await writeOpenapi()
