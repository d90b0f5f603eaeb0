/** What the server has to know about a statement before SQLite sees it. */
export interface Statement {
  /** The deciding keyword, such as `SELECT` or `BEGIN`; after `WITH`, that of the main clause. */
  verb: string
  explain: boolean
  /** Whether it may take SQLite's write lock. True when in doubt: that only makes it wait in the queue. */
  writes: boolean
  /** The parameters in SQLite's numbering, `null` for a bare `?`. */
  params: (string | null)[]
}

/** A statement while its tokens are being read. */
interface Draft {
  /** Keywords and names outside parentheses, in upper case. */
  words: string[]
  params: (string | null)[]
  depth: number
  /** The last two tokens: `; END` is what closes the body of a trigger. */
  tail: [string, string]
}

const TOKEN = new RegExp(
  [
    /(?<blank>\s+|--[^\n]*|\/\*[\s\S]*?(?:\*\/|$))/,
    /(?<param>\?\d*|[:@#$][\w$\u0080-\uffff]+)/,
    /(?<word>[A-Za-z_\u0080-\uffff][\w$\u0080-\uffff]*)/,
    /'[^']*(?:''[^']*)*'?|"[^"]*(?:""[^"]*)*"?|`[^`]*(?:``[^`]*)*`?|\[[^\]]*\]?/,
    /\d[\w.]*|[\s\S]/,
  ]
    .map((part) => part.source)
    .join('|'),
  'g',
)
const MAIN_CLAUSES = new Set(['SELECT', 'VALUES', 'INSERT', 'REPLACE', 'UPDATE', 'DELETE'])
const READING = new Set(['SELECT', 'VALUES', 'COMMIT', 'END', 'ROLLBACK', 'SAVEPOINT', 'RELEASE'])
const MAX_PARAMS = 32_766

/** The statements of an SQL text. The embedded library would run the first one and drop the others silently. */
export function parseScript(sql: string): Statement[] {
  const statements: Statement[] = []
  let draft = emptyDraft()
  for (const { 0: text, groups } of sql.matchAll(TOKEN)) {
    if (groups?.blank !== undefined) continue
    if (text === ';' && !insideTrigger(draft)) {
      if (!isEmpty(draft)) statements.push(toStatement(draft))
      draft = emptyDraft()
      continue
    }
    addToken(draft, text, groups?.word, groups?.param)
  }
  return isEmpty(draft) ? statements : [...statements, toStatement(draft)]
}

function emptyDraft(): Draft {
  return { words: [], params: [], depth: 0, tail: ['', ''] }
}

function isEmpty(draft: Draft): boolean {
  return draft.tail[1] === ''
}

function addToken(draft: Draft, text: string, word: string | undefined, param: string | undefined): void {
  if (text === '(') draft.depth++
  else if (text === ')') draft.depth--
  else if (param !== undefined) addParam(draft.params, param)
  else if (word !== undefined && draft.depth === 0) draft.words.push(word.toUpperCase())
  draft.tail = [draft.tail[1], word?.toUpperCase() ?? text]
}

/** Numbers a parameter as SQLite does: `?3` says its number, a known name keeps its own, all others get the next. */
function addParam(params: (string | null)[], token: string): void {
  const next = params.length + 1
  const known = params.indexOf(token) + 1
  const number = token === '?' ? next : token.startsWith('?') ? Number(token.slice(1)) : known || next
  if (number < 1 || number > MAX_PARAMS) return // SQLite refuses the statement itself
  while (params.length < number) params.push(null)
  if (token !== '?') params[number - 1] ??= token
}

function insideTrigger({ words, tail }: Draft): boolean {
  const isTrigger = /^CREATE (TEMP |TEMPORARY )?TRIGGER\b/.test(withoutExplain(words).slice(0, 3).join(' '))
  return isTrigger && !(tail[0] === ';' && tail[1] === 'END')
}

function withoutExplain(words: string[]): string[] {
  if (words[0] !== 'EXPLAIN') return words
  return words.slice(words[1] === 'QUERY' && words[2] === 'PLAN' ? 3 : 1)
}

function toStatement({ words, params }: Draft): Statement {
  const explain = words[0] === 'EXPLAIN'
  const clause = withoutExplain(words)
  const verb = (clause[0] === 'WITH' ? clause.find((word) => MAIN_CLAUSES.has(word)) : clause[0]) ?? ''
  return { verb, explain, writes: !explain && takesWriteLock(verb, clause[1]), params }
}

function takesWriteLock(verb: string, next: string | undefined): boolean {
  if (verb === 'BEGIN') return next === 'IMMEDIATE' || next === 'EXCLUSIVE'
  return !READING.has(verb)
}
