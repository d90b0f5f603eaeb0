import * as z from 'zod'
import type { JsonSchema } from '#views/pages/documentation/openapi-document.ts'
import { money, problem } from './common.ts'
import type { Operation, Shape } from './operation.ts'

export const refTo = ({ name }: Shape): JsonSchema => ({ $ref: `#/components/schemas/${name}` })

/** The schemas of all shapes under their names. What is answered may gain fields, so only bodies are closed. */
export function schemasOf(operations: readonly Operation[]): Record<string, JsonSchema> {
  const bodies = operations.flatMap(({ body }) => body ?? [])
  const answers = operations.flatMap((one) => one.answers.flatMap(({ shape }) => shape ?? []))
  const registry = z.registry<{ id: string }>()
  const shapes = new Map([problem, money, ...answers, ...bodies].map((shape) => [shape.name, shape.schema]))
  for (const [id, schema] of shapes) registry.add(schema, { id })
  const { schemas } = z.toJSONSchema(registry, { uri: (id) => `#/components/schemas/${id}`, io: 'input' })
  const closed = new Set(bodies.map(({ name }) => name))
  return Object.fromEntries(
    Object.entries(schemas).map(([name, { $schema: _schema, $id: _id, ...schema }]) => [
      name,
      closed.has(name) ? schema : (opened(schema) as JsonSchema),
    ]),
  )
}

/** A schema without `additionalProperties: false`, at any depth. */
function opened(schema: unknown): unknown {
  if (Array.isArray(schema)) return schema.map(opened)
  if (typeof schema !== 'object' || schema === null) return schema
  const kept = Object.entries(schema).filter(([name, value]) => name !== 'additionalProperties' || value !== false)
  return Object.fromEntries(kept.map(([name, value]) => [name, opened(value)]))
}

/** The schema of each field of a query, without the ways in which a field is left out. */
export function fieldsOf(query: z.ZodObject): Record<string, JsonSchema> {
  const { properties = {} } = z.toJSONSchema(query, { io: 'input', unrepresentable: 'any' })
  return Object.fromEntries(Object.entries(properties).map(([name, schema]) => [name, given(schema as JsonSchema)]))
}

function given(schema: JsonSchema): JsonSchema {
  const { anyOf, ...rest } = schema
  if (!Array.isArray(anyOf)) return schema
  const [only, ...more] = anyOf.map(given).filter((one) => one.type !== 'null' && one.const !== '')
  return only && more.length === 0 ? { ...only, ...rest } : schema
}
