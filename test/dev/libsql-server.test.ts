import { existsSync, mkdtempSync, rmSync, statSync } from 'node:fs'
import { request } from 'node:http'
import { connect } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { type Client, createClient, type LibsqlBatchError } from '@libsql/client/http'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { type LibsqlServer, type LibsqlServerOptions, startLibsqlServer } from '#dev/libsql-server.ts'

const SCHEMA = `
  create table notes (id integer primary key, body text);
  create table balances (
    account text primary key, credits integer not null, constraint credits_sufficient check (credits >= 0)
  );
  create table entries (account text references balances (account), amount integer) strict;
  create trigger entries_no_delete before delete on entries begin
    select raise(abort, 'entries_append_only');
  end;
  insert into balances values ('a', 5);
  insert into entries values ('a', 5);
`

let server: LibsqlServer
const started: LibsqlServer[] = []

async function start(options: Partial<LibsqlServerOptions> = {}): Promise<LibsqlServer> {
  const made = await startLibsqlServer({ file: ':memory:', ...options })
  started.push(made)
  return made
}

function clientOf({ url }: LibsqlServer): Client {
  return createClient({ url, intMode: 'bigint' })
}

/** What the protocol answers; loose, since each test looks at other fields. */
interface Reply {
  status: number
  text: string
  baton: string | null
  // biome-ignore lint/suspicious/noExplicitAny: the tests are about these very shapes
  results: any[]
}

async function post(body: string, headers: Record<string, string> = {}, to = server): Promise<Reply> {
  const response = await fetch(`${to.url}/v2/pipeline`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...headers },
    body,
  })
  const text = await response.text()
  const parsed = response.ok ? JSON.parse(text) : {}
  return { status: response.status, text, baton: parsed.baton ?? null, results: parsed.results ?? [] }
}

async function pipeline(requests: object[], baton: string | null = null, to = server): Promise<Reply> {
  return await post(JSON.stringify({ baton, requests }), {}, to)
}

const execute = (sql: string, more: object = {}) => ({ type: 'execute', stmt: { sql, ...more } })
const count = async (client: Client) => (await client.execute('select count(*) from notes')).rows[0]?.[0]

beforeEach(async () => {
  server = await start()
  await clientOf(server).executeMultiple(SCHEMA)
})

afterEach(async () => {
  await Promise.all(started.splice(0).map((one) => one.close()))
})

describe('streams', () => {
  test('each stream has a connection of its own', async () => {
    const one = await pipeline([execute('begin'), execute("insert into notes (body) values ('mine')")])
    const other = await pipeline([execute('select count(*), last_insert_rowid(), changes() from notes')])
    const again = await pipeline([execute('select count(*), last_insert_rowid() from notes')], one.baton)
    expect(other.results[0].response.result.rows).toEqual([Array(3).fill({ type: 'integer', value: '0' })])
    expect(again.results[0].response.result.rows).toEqual([Array(2).fill({ type: 'integer', value: '1' })])
  })

  test('an idle stream expires, and its transaction is rolled back', async () => {
    const hasty = await start({ idleMs: 40 })
    const client = clientOf(hasty)
    await client.execute('create table notes (id integer primary key)')
    const { baton } = await pipeline([execute('begin immediate'), execute('insert into notes values (1)')], null, hasty)
    await sleep(120)
    const late = await pipeline([execute('commit')], baton, hasty)
    expect(late.status).toBe(400)
    expect(JSON.parse(late.text)).toMatchObject({ code: 'STREAM_EXPIRED' })
    expect(await count(client)).toBe(0n)
  })

  test('a write transaction is ended after its time, though it is not idle', async () => {
    const hasty = await start({ transactionMs: 150 })
    const client = clientOf(hasty)
    await client.execute('create table notes (id integer primary key)')
    let reply = await pipeline([execute('begin immediate'), execute('insert into notes values (1)')], null, hasty)
    const waiting = client.execute('insert into notes values (2)')
    for (let i = 0; i < 10 && reply.status === 200; i++) {
      await sleep(30)
      reply = await pipeline([execute('select 1')], reply.baton, hasty)
    }
    expect(reply.status).toBe(400)
    expect(JSON.parse(reply.text)).toMatchObject({ code: 'TRANSACTION_TIMEOUT' })
    await waiting
    expect((await client.execute('select id from notes')).rows.map((row) => row[0])).toEqual([2n])
  })

  test.each(['', 'AAAA', '../../etc/passwd', 'a'.repeat(64)])(
    'a baton that was never given is refused: %j',
    async (baton) => {
      expect(await pipeline([execute('select 1')], baton)).toMatchObject({
        status: 400,
        text: 'Received an invalid baton',
      })
    },
  )

  test('a baton is good for one request', async () => {
    const first = await pipeline([execute('select 1')])
    const second = await pipeline([execute('select 1')], first.baton)
    expect(second.status).toBe(200)
    expect(second.baton).not.toBe(first.baton)
    expect((await pipeline([execute('select 1')], first.baton)).status).toBe(400)
    expect((await pipeline([{ type: 'close' }], second.baton)).baton).toBeNull()
    expect((await pipeline([execute('select 1')], second.baton)).status).toBe(400)
  })

  test('a connection that was told "busy" is not used again', async () => {
    const reading = await pipeline([execute('begin'), execute('select * from notes')])
    await clientOf(server).execute('insert into notes default values')
    const upgrade = await pipeline([execute('insert into notes default values'), execute('rollback')], reading.baton)
    expect(upgrade.results[0].error.code).toBe('SQLITE_BUSY')
    expect(upgrade.results[1].type).toBe('ok')
    const after = await pipeline([execute('insert into notes default values')], upgrade.baton)
    expect(after.results[0].type).toBe('ok')
    expect(await count(clientOf(server))).toBe(2n)
  })

  test('a transaction that was told "busy" does not go on outside of itself', async () => {
    const reading = await pipeline([execute('begin'), execute('select * from notes')])
    await clientOf(server).execute('insert into notes default values')
    const upgrade = await pipeline([execute('insert into notes default values')], reading.baton)
    expect((await pipeline([execute('insert into notes default values')], upgrade.baton)).status).toBe(400)
    expect(await count(clientOf(server))).toBe(1n)
  })
})

describe('writers', () => {
  test('200 write batches at once queue, and all succeed', async () => {
    const spend = "update balances set credits = credits + 1 where account = 'a'"
    const batches = Array.from({ length: 200 }, () =>
      clientOf(server).batch(['select * from balances', spend], 'write'),
    )
    const results = await Promise.allSettled(batches)
    expect(results.filter(({ status }) => status === 'rejected')).toEqual([])
    expect((await clientOf(server).execute('select credits from balances')).rows[0]?.[0]).toBe(205n)
  })

  test('writers wait for an open transaction and follow in the order of asking', async () => {
    const client = clientOf(server)
    const transaction = await client.transaction('write')
    await transaction.execute("insert into notes (body) values ('first')")
    const waiting: Promise<unknown>[] = []
    for (const body of ['second', 'third', 'fourth']) {
      waiting.push(client.execute({ sql: 'insert into notes (body) values (?)', args: [body] }))
      await sleep(10)
    }
    expect(await count(client)).toBe(0n)
    await transaction.commit()
    await Promise.all(waiting)
    const bodies = (await client.execute('select body from notes order by id')).rows.map((row) => row[0])
    expect(bodies).toEqual(['first', 'second', 'third', 'fourth'])
  })

  test('a failed write gives the turn to the next', async () => {
    const client = clientOf(server)
    await expect(client.execute("update balances set credits = -1 where account = 'a'")).rejects.toThrow()
    await client.execute('insert into notes default values')
    expect(await count(client)).toBe(1n)
  })

  test('EXPLAIN does not keep a later write from being committed', async () => {
    await pipeline([execute('explain insert into notes default values'), execute('insert into notes default values')])
    expect(await count(clientOf(server))).toBe(1n)
  })
})

describe('errors', () => {
  const cases = [
    ["update balances set credits = -1 where account = 'a'", 'CHECK constraint failed: credits_sufficient'],
    ["insert into balances values ('a', 1)", 'UNIQUE constraint failed: balances.account'],
    ["insert into balances values ('b', null)", 'NOT NULL constraint failed: balances.credits'],
    ["insert into entries values ('nobody', 1)", 'FOREIGN KEY constraint failed'],
    ["insert into entries values ('a', 'many')", 'cannot store TEXT value in INTEGER column entries.amount'],
    ['delete from entries', 'entries_append_only'],
  ]

  test.each(cases)('%s answers the base code and SQLite\u2019s message', async (sql, message) => {
    const { results } = await pipeline([execute(sql ?? '')])
    expect(results[0].error).toEqual({ code: 'SQLITE_CONSTRAINT', message: `SQLite error: ${message}` })
  })

  test('the client learns which statement of a batch failed, and nothing of it is kept', async () => {
    const client = clientOf(server)
    const statements = [
      'insert into notes default values',
      'select 1',
      "update balances set credits = -1 where account = 'a'",
    ]
    const error: LibsqlBatchError = await client.batch(statements, 'write').catch((e) => e)
    expect(error).toMatchObject({ code: 'SQLITE_CONSTRAINT', statementIndex: 2 })
    expect(error.message).toMatch(/SQLite error: CHECK constraint failed: credits_sufficient$/)
    expect(await count(client)).toBe(0n)
  })

  test.each([
    ['select 1; select 2', {}, 'SQL_MANY_STATEMENTS'],
    ['-- nothing', {}, 'SQL_NO_STATEMENT'],
    ['selectt 1', {}, 'SQLITE_ERROR'],
    ['select ?', {}, 'ARGS_INVALID'],
    ['select 1', { args: [{ type: 'null' }] }, 'ARGS_INVALID'],
    ['select :a', { named_args: [{ name: 'b', value: { type: 'null' } }] }, 'ARGS_INVALID'],
    [
      'select ?',
      { args: [{ type: 'null' }], named_args: [{ name: 'b', value: { type: 'null' } }] },
      'ARGS_BOTH_POSITIONAL_AND_NAMED',
    ],
  ])('%j with %j answers %s', async (sql, more, code) => {
    expect((await pipeline([execute(sql, more)])).results[0]).toMatchObject({ type: 'error', error: { code } })
  })

  const damaged = [
    '',
    '{',
    'null',
    '[]',
    '{"requests":{}}',
    '{"requests":[{"type":"open"}]}',
    '{"requests":[{"type":"execute","stmt":{"sql":1}}]}',
    '{"requests":[{"type":"execute","stmt":{}}]}',
    '{"requests":[{"type":"execute","stmt":{"sql_id":7}}]}',
    '{"requests":[{"type":"execute","stmt":{"sql":"select ?","args":[{"type":"integer","value":"9223372036854775808"}]}}]}',
    '{"requests":[{"type":"batch","batch":{"steps":[{"condition":{"type":"ok","step":0},"stmt":{"sql":"select 1"}}]}}]}',
    '{"requests":[{"type":"close"},{"type":"get_autocommit"}]}',
    `{"requests":${'['.repeat(100_000)}`,
    `{"requests":[{"type":"batch","batch":{"steps":[{"stmt":{"sql":"x"},"condition":${'{"type":"not","cond":'.repeat(20_000)}{"type":"is_autocommit"}${'}'.repeat(20_000)}}]}}]}`,
  ].map((body) => [body.slice(0, 70), body] as const)

  test.each(damaged)('a damaged body is a 400 without inner details: %s', async (_, body) => {
    const reply = await post(body)
    expect(reply.status).toBe(400)
    expect(reply.text).not.toMatch(/\.ts|node_modules|at \w+ \(/)
    expect((await pipeline([execute('select 1')])).status).toBe(200)
  })

  test('a body above 10 MB is refused', async () => {
    expect((await post(' '.repeat(10 * 1024 * 1024 + 1))).status).toBe(413)
  })
})

describe('the protocol', () => {
  test('values come back as they were sent', async () => {
    const sent = [
      { type: 'null' },
      { type: 'integer', value: '9223372036854775807' },
      { type: 'integer', value: '-9223372036854775808' },
      { type: 'float', value: 5 },
      { type: 'text', value: 'Łódź €' },
      { type: 'blob', base64: 'AP+A' },
      { type: 'blob', base64: '' },
    ]
    const { results } = await pipeline([execute('select ?, ?, ?, ?, ?, ?, ?', { args: sent })])
    expect(results[0].response.result.rows).toEqual([sent])
  })

  test('arguments are found by number and by name, with and without its sign', async () => {
    const text = (value: string) => ({ type: 'text', value })
    const byNumber = execute('select ?2, ?1, ?', { args: [text('a'), text('b'), text('c')] })
    const byName = execute('select :a, @b, $c, :a', {
      named_args: [
        { name: 'a', value: text('a') },
        { name: '@b', value: text('b') },
        { name: '$c', value: text('c') },
      ],
    })
    const { results } = await pipeline([byNumber, byName])
    const rows = results.map((one) => one.response.result.rows[0].map(({ value }: { value: string }) => value).join(''))
    expect(rows).toEqual(['bac', 'abca'])
  })

  test('an INSERT tells its row and the number of rows, a SELECT neither', async () => {
    const insert = execute('insert into notes (id, body) values (9007199254740993, ?), (9223372036854775806, ?)', {
      args: [{ type: 'null' }, { type: 'null' }],
    })
    const returning = execute('insert into notes (body) values (1) returning id, body as text')
    const { results } = await pipeline([insert, returning, execute('select id, 1 + 1 as two from notes where false')])
    const [inserted, returned, selected] = results.map((one) => one.response.result)
    expect(inserted).toMatchObject({ affected_row_count: 2, last_insert_rowid: '9223372036854775806', rows: [] })
    expect(returned).toMatchObject({ affected_row_count: 1, last_insert_rowid: '9223372036854775807' })
    expect(returned.rows).toEqual([
      [
        { type: 'integer', value: '9223372036854775807' },
        { type: 'text', value: '1' },
      ],
    ])
    expect(selected).toEqual({
      cols: [
        { name: 'id', decltype: 'INTEGER' },
        { name: 'two', decltype: null },
      ],
      rows: [],
      affected_row_count: 0,
      last_insert_rowid: null,
      replication_index: null,
    })
  })

  test('rows are left out where they are not wanted, but the statement runs to its end', async () => {
    const insert = execute('insert into notes (body) values (1), (2) returning id', { want_rows: false })
    const { results } = await pipeline([insert])
    expect(results[0].response.result).toMatchObject({ rows: [], affected_row_count: 2 })
    expect(await count(clientOf(server))).toBe(2n)
  })

  test('the steps of a batch run where their conditions hold', async () => {
    const ok = { type: 'ok', step: 0 }
    const failed = { type: 'error', step: 1 }
    const step = (sql: string, condition?: object) => ({ stmt: { sql }, condition })
    const { results } = await pipeline([
      {
        type: 'batch',
        batch: {
          steps: [
            step('select 0'),
            step('select nonsense'),
            step('select 2', { type: 'and', conds: [ok, failed] }),
            step('select 3', {
              type: 'or',
              conds: [
                { type: 'not', cond: ok },
                { type: 'error', step: 0 },
              ],
            }),
            step('select 4', { type: 'ok', step: 3 }),
            step('select 5', { type: 'error', step: 3 }),
            step('begin', { type: 'is_autocommit' }),
            step('select 7', { type: 'is_autocommit' }),
          ],
        },
      },
      { type: 'get_autocommit' },
    ])
    const { step_results, step_errors } = results[0].response.result
    const ran = (list: unknown[]) => list.flatMap((one, index) => (one === null ? [] : [index]))
    expect(ran(step_results)).toEqual([0, 2, 6])
    expect(ran(step_errors)).toEqual([1])
    expect(results[1].response).toEqual({ type: 'get_autocommit', is_autocommit: false })
  })

  test('SQL texts are stored, used by number, and dropped', async () => {
    const store = { type: 'store_sql', sql_id: 1, sql: 'select 42' }
    const first = await pipeline([store, { type: 'execute', stmt: { sql_id: 1 } }, { type: 'sequence', sql_id: 1 }])
    expect(first.results[1].response.result.rows).toEqual([[{ type: 'integer', value: '42' }]])
    expect(first.results[2]).toEqual({ type: 'ok', response: { type: 'sequence' } })
    const second = await pipeline([{ type: 'close_sql', sql_id: 1 }, store], first.baton)
    expect(second.results.map(({ type }) => type)).toEqual(['ok', 'ok'])
    expect((await pipeline([store], second.baton)).status).toBe(400)
  })

  test('a statement is described without being run', async () => {
    const insert = { type: 'describe', sql: 'insert into notes (id, body) values (?, :body) returning id' }
    const { results } = await pipeline([insert, { type: 'describe', sql: 'explain select 1' }])
    expect(results[0].response.result).toEqual({
      params: [{ name: null }, { name: ':body' }],
      cols: [{ name: 'id', decltype: 'INTEGER' }],
      is_explain: false,
      is_readonly: false,
    })
    expect(results[1].response.result).toMatchObject({ is_explain: true, is_readonly: true })
    expect(await count(clientOf(server))).toBe(0n)
  })

  test('a migration may switch foreign keys off for itself only', async () => {
    const client = clientOf(server)
    await client.migrate([
      'create table balances_new as select * from balances',
      'drop table balances',
      'create table balances (account text primary key, credits integer)',
      'insert into balances select * from balances_new',
    ])
    expect((await client.execute('select count(*) from entries')).rows[0]?.[0]).toBe(1n)
    await expect(client.execute('delete from balances')).rejects.toThrow('FOREIGN KEY')
  })

  test('the probes answer', async () => {
    const statuses = ['/health', '/v2', '/v3-protobuf', '/'].map(
      async (path) => (await fetch(server.url + path)).status,
    )
    expect(await Promise.all(statuses)).toEqual([200, 200, 404, 404])
  })
})

describe('the server', () => {
  test('listens on the loopback interface only', async () => {
    expect(server.url).toBe(`http://127.0.0.1:${server.port}`)
    const reached = await new Promise((resolve) => {
      const socket = connect(server.port, '127.0.0.2', () => resolve(true))
      socket.on('error', () => resolve(false)).setTimeout(500, () => resolve(false))
    })
    expect(reached).toBe(false)
  })

  test('pages in a browser cannot reach it by a plain form post or a name of their own', async () => {
    const body = JSON.stringify({ requests: [execute('select 1')] })
    expect((await post(body, { 'content-type': 'text/plain' })).status).toBe(415)
    const status = await new Promise((resolve, reject) => {
      const headers = { host: 'rebound.example', 'content-type': 'application/json' }
      request(`${server.url}/v2/pipeline`, { method: 'POST', headers }, (response) => {
        resolve(response.resume().statusCode)
      })
        .on('error', reject)
        .end(body)
    })
    expect(status).toBe(403)
  })

  test('a client that hangs up half-way harms nobody', async () => {
    const socket = connect(server.port, '127.0.0.1')
    socket.write(
      'POST /v2/pipeline HTTP/1.1\r\nhost: localhost\r\ncontent-type: application/json\r\ncontent-length: 99\r\n\r\n{',
    )
    await sleep(20)
    socket.destroy()
    await sleep(20)
    expect((await pipeline([execute('select 1')])).status).toBe(200)
  })

  test('a file keeps its data over a restart, with the log written back', async () => {
    const directory = mkdtempSync(join(tmpdir(), 'libsql-server-test-'))
    try {
      const file = join(directory, 'made', 'data.db')
      const first = await start({ file })
      await clientOf(first).executeMultiple('create table notes (id integer primary key); insert into notes values (7)')
      const open = await pipeline([execute('begin immediate'), execute('insert into notes values (8)')], null, first)
      expect(open.status).toBe(200)
      await first.close()
      expect(statSync(file).size).toBeGreaterThan(0)
      expect(statSync(`${file}-wal`, { throwIfNoEntry: false })?.size ?? 0).toBe(0)
      const second = await start({ file })
      expect(await count(clientOf(second))).toBe(1n)
    } finally {
      rmSync(directory, { recursive: true, force: true })
    }
  })

  test(':memory: leaves nothing behind, and closing twice is harmless', async () => {
    const one = await start()
    const { rows } = await clientOf(one).execute('pragma database_list')
    const file = String(rows[0]?.file)
    expect(existsSync(file)).toBe(true)
    await one.close()
    await one.close()
    expect(existsSync(file)).toBe(false)
  })

  test('a port that is taken is told', async () => {
    await expect(startLibsqlServer({ file: ':memory:', port: server.port })).rejects.toThrow('EADDRINUSE')
  })
})
