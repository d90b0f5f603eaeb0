import { readdirSync, readFileSync } from 'node:fs'
import { dirname, join, relative, resolve } from 'node:path'
import { expect, test } from 'vitest'

/**
 * The house as data (`design.md`): each floor and the floors it stands on. A file may import its own floor and those
 * named here, nothing else; what is not listed may be imported by nobody.
 */
const floors: Record<string, readonly string[]> = {
  'src/domain': [],
  'src/db': ['src/domain'],
  views: ['src/domain'],
  'src/gateways': ['src/domain', 'src/db', 'views'],
  'src/use-cases': ['src/domain', 'src/db', 'views', 'src/gateways'],
  'src/http': ['src/domain', 'src/db', 'views', 'src/gateways', 'src/use-cases'],
  'src/web': ['src/domain', 'src/db', 'views', 'src/gateways', 'src/use-cases', 'src/http'],
  'src/api': ['src/domain', 'src/db', 'views', 'src/gateways', 'src/use-cases', 'src/http'],
  'src/jobs': ['src/domain', 'src/db', 'views', 'src/gateways', 'src/use-cases', 'src/http'],
}
const roofs = new Set([
  'src/api-or-page.ts',
  'src/app.tsx',
  'src/env.ts',
  'src/front.ts',
  'src/whole.ts',
  'src/pages-door.ts',
  'src/shell.ts',
  'src/worker.ts',
])
/** Only these floors may use packages that touch the outside; the domain uses none at all. */
const packagesOf: Record<string, RegExp> = {
  'src/domain': /^$/,
  views: /^hono\/(jsx|html)/,
}

const files = [...sources('src'), ...sources('views')]
const text = new Map(files.map((file) => [file, readFileSync(file, 'utf8')]))

function sources(folder: string): string[] {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .map((name) => join(folder, name))
    .filter((name) => /\.tsx?$/.test(name) && !/\.(generated|d)\./.test(name))
}

const floorOf = (file: string): string | undefined =>
  roofs.has(file) || file.startsWith('src/parts/')
    ? 'roof'
    : Object.keys(floors).find((floor) => file.startsWith(`${floor}/`))

function importsOf(file: string): string[] {
  const found = (text.get(file) ?? '').matchAll(/(?:from|import)\s*\(?\s*'([^']+)'/g)
  return [...found].map((match) => match[1] as string)
}

function targetOf(file: string, specifier: string): string | null {
  if (specifier.startsWith('#')) return specifier.slice(1)
  return specifier.startsWith('.') ? relative('.', resolve(dirname(file), specifier)) : null
}

test('every file of the house stands on a floor', () => {
  expect(files.filter((file) => floorOf(file) === undefined)).toEqual([])
})

test('a floor imports only floors below it, and the doors never one another', () => {
  const wrong = files.flatMap((file) => {
    const floor = floorOf(file) as string
    return importsOf(file).flatMap((specifier) => {
      const target = targetOf(file, specifier)
      const below = target === null ? undefined : floorOf(target)
      if (target === null || target.includes('.generated.') || floor === 'roof') return []
      const fine = below === floor || (floors[floor] ?? []).includes(below ?? 'nowhere')
      return fine ? [] : [`${file} → ${target}`]
    })
  })
  expect(wrong).toEqual([])
})

test('imports cross floors by name and stay inside a floor by path', () => {
  const wrong = files.flatMap((file) =>
    importsOf(file)
      .filter((specifier) => specifier.startsWith('..'))
      .filter((specifier) => floorOf(targetOf(file, specifier) as string) !== floorOf(file))
      .map((specifier) => `${file} → ${specifier}`),
  )
  expect(wrong).toEqual([])
})

test('the domain uses no package, the views only what renders', () => {
  const wrong = files.flatMap((file) => {
    const allowed = packagesOf[floorOf(file) ?? '']
    if (!allowed) return []
    const packages = importsOf(file).filter((specifier) => !/^[.#]/.test(specifier))
    return packages.filter((name) => !allowed.test(name)).map((name) => `${file} → ${name}`)
  })
  expect(wrong).toEqual([])
})

test('pages write days, times and money by `views/words.ts` alone, so that they follow what the reader chose', () => {
  const pages = files.filter((file) => /^views\/(components|pages|layouts)\//.test(file))
  const ofTheProvider = 'views/pages/sandbox-shop.tsx'
  const wrong = pages.filter((file) => /\bformatMoney\b|\(UTC\)|\/> UTC\b|\} UTC\b/.test(text.get(file) ?? ''))
  expect(wrong.filter((file) => file !== ofTheProvider && !file.includes('/documentation/'))).toEqual([])
})

test('no circles', () => {
  const graph = new Map(
    files.map((file) => [
      file,
      importsOf(file)
        .map((one) => targetOf(file, one))
        .filter(Boolean),
    ]),
  )
  const done = new Set<string>()
  const circles: string[] = []
  const visit = (file: string, path: string[]) => {
    if (path.includes(file)) circles.push([...path.slice(path.indexOf(file)), file].join(' → '))
    if (path.includes(file) || done.has(file)) return
    for (const next of graph.get(file) ?? []) visit(next as string, [...path, file])
    done.add(file)
  }
  for (const file of files) visit(file, [])
  expect(circles).toEqual([])
})

test('only the Worker reads bindings, only src/db talks to the database, only use-cases commit', () => {
  const holding = (pattern: RegExp, allowed: RegExp) =>
    files.filter((file) => pattern.test(text.get(file) ?? '') && !allowed.test(file))
  expect(holding(/@libsql\/client/, /^src\/(db\/|use-cases\/(sign-in|letters)\/)/)).toEqual([])
  expect(holding(/\bcommit\(|commitOnce\(/, /^src\/(db|use-cases)\//)).toEqual([])
  expect(holding(/process\.env|c\.env\b/, /^src\/(worker|env)\.ts$/)).toEqual([])
})

test('no interactive transaction anywhere, and no OR clause that would switch a constraint off', () => {
  const withTransaction = files.filter((file) => /\.transaction\(/.test(text.get(file) ?? ''))
  const withOr = files.filter((file) =>
    /\b(insert|update)\s+or\s+(ignore|replace|abort|fail|rollback)\b/i.test(text.get(file) ?? ''),
  )
  expect(withTransaction).toEqual([])
  expect(withOr).toEqual([])
})

test('nothing below the doors reads the clock or draws randomness itself', () => {
  const below = /^(src\/(domain|db|use-cases)|views)\//
  const wrong = files.filter(
    (file) =>
      below.test(file) && /Date\.now\(|new Date\(\)|Math\.random|getRandomValues|randomUUID/.test(text.get(file) ?? ''),
  )
  expect(wrong).toEqual([])
})

test('markup is escaped: raw() only for the one style block and the doctype', () => {
  const wrong = files.filter(
    (file) =>
      /(?<!sql\.)\braw\(|dangerouslySetInnerHTML/.test(text.get(file) ?? '') && file !== 'views/layouts/document.tsx',
  )
  expect(wrong).toEqual([])
})

test('names say what they are: kebab case, no manager, helper, util, service, no barrels', () => {
  const names = files.map((file) => file.split('/').at(-1) as string)
  expect(names.filter((name) => !/^[a-z0-9]+(-[a-z0-9]+)*\.tsx?$/.test(name))).toEqual([])
  expect(names.filter((name) => /manager|helper|util|service|^index\./.test(name))).toEqual([])
})

test('no TODO is left behind', () => {
  expect(files.filter((file) => /\b(TODO|FIXME)/.test(text.get(file) ?? ''))).toEqual([])
})
