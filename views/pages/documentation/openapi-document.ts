/** A JSON Schema, as far as the reference page reads it. */
export type JsonSchema = { readonly [key: string]: unknown }

export type Parameter = {
  readonly name: string
  readonly in: 'query' | 'path' | 'header'
  readonly required: boolean
  readonly description: string
  readonly schema: JsonSchema
}

export type Answer = {
  readonly description: string
  readonly headers?: { readonly [name: string]: { readonly description: string; readonly schema: JsonSchema } }
  readonly content?: { readonly [type: string]: { readonly schema: JsonSchema; readonly example?: unknown } }
}

export type Call = {
  readonly operationId: string
  readonly tags: readonly string[]
  readonly summary: string
  readonly description: string
  readonly parameters: readonly Parameter[]
  readonly requestBody?: {
    readonly required: boolean
    readonly content: { readonly [type: string]: { readonly schema: JsonSchema } }
  }
  readonly responses: { readonly [status: string]: Answer }
  readonly security: readonly { readonly [scheme: string]: readonly string[] }[]
  /** A command that runs as it is written against `npm start`. */
  readonly 'x-curl': string
  /** The codes of its problems beside those that every call may answer. */
  readonly 'x-problems': readonly string[]
}

export type Problem = {
  readonly code: string
  readonly status: number
  readonly title: string
  readonly detail: string
}

/** The OpenAPI 3.1 document, as far as Portico writes it. */
export type OpenapiDocument = {
  readonly openapi: string
  readonly info: { readonly title: string; readonly version: string; readonly description: string }
  readonly servers: readonly { readonly url: string; readonly description: string }[]
  readonly tags: readonly { readonly name: string }[]
  readonly paths: { readonly [path: string]: { readonly [method: string]: Call } }
  readonly components: {
    readonly schemas: { readonly [name: string]: JsonSchema }
    readonly securitySchemes: { readonly [name: string]: JsonSchema }
  }
  /** What a validation may say, in the order in which it is decided. */
  readonly 'x-validation-codes': readonly { readonly code: string; readonly valid: boolean; readonly detail: string }[]
  /** Every code there is, in the order of the alphabet. */
  readonly 'x-problems': readonly Problem[]
}
