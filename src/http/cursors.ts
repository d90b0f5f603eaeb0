import { refuse } from '#src/domain/refusal.ts'

const encoder = new TextEncoder()
const decoder = new TextDecoder()

/** An opaque cursor: where the next page of a list begins. */
export function cursorOf(position: Record<string, string | number>): string {
  const bytes = encoder.encode(JSON.stringify(Object.values(position)))
  return btoa(String.fromCharCode(...bytes))
    .replaceAll('+', '-')
    .replaceAll('/', '_')
    .replaceAll('=', '')
}

type Position<T> = { [K in keyof T]: T[K] extends 'string' ? string : number }

/** Reads a cursor of the given names and types back; nonsense is refused as `invalid-cursor`. */
export function positionIn<T extends Record<string, 'string' | 'number'>>(
  cursor: string | null,
  shape: T,
): Position<T> | null {
  if (!cursor) return null
  const values = valuesIn(cursor)
  const names = Object.keys(shape)
  const fits =
    values.length === names.length &&
    names.every(
      (name, i) => typeof values[i] === shape[name] && (shape[name] !== 'number' || Number.isSafeInteger(values[i])),
    )
  if (!fits) refuse({ code: 'invalid-cursor' })
  return Object.fromEntries(names.map((name, i) => [name, values[i]])) as never
}

/** The side of which row a page starts on; of a first page neither. */
export function besideIn<T extends Record<string, 'string' | 'number'>>(cursor: string | undefined, shape: T) {
  const position = positionIn(cursor ?? null, { side: 'string', ...shape })
  if (position === null) return { side: '' as const, beside: {} }
  const { side, ...row } = position as { side: 'after' | 'before' } & NonNullable<Position<T>>
  if (side !== 'after' && side !== 'before') return refuse({ code: 'invalid-cursor' })
  return { side, beside: { [side]: row as unknown as Position<T> } as { after?: Position<T>; before?: Position<T> } }
}

function valuesIn(cursor: string): unknown[] {
  try {
    const bytes = Uint8Array.from(atob(cursor.replaceAll('-', '+').replaceAll('_', '/')), (char) => char.charCodeAt(0))
    const values = JSON.parse(decoder.decode(bytes))
    return Array.isArray(values) ? values : []
  } catch {
    return []
  }
}
