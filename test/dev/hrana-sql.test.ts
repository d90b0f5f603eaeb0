import { expect, test } from 'vitest'
import { parseScript } from '#dev/hrana/sql.ts'

const verbs = (sql: string) => parseScript(sql).map(({ verb }) => verb)

test.each([
  ['', []],
  [' ; -- only\n/* comments */ ;', []],
  ['select 1', ['SELECT']],
  ['select 1; -- and nothing more', ['SELECT']],
  ["select ';', \";\", `;`, [;], 'it''s;' /* ; */ -- ;\n", ['SELECT']],
  ["select 'open; end", ['SELECT']],
  ['select 1; insert into t values (2)', ['SELECT', 'INSERT']],
  ['with a as (select 1), b as (values (2)) insert into t select * from a', ['INSERT']],
  ['with recursive a(x) as (select 1) select x from a', ['SELECT']],
  ['explain query plan delete from t', ['DELETE']],
  [
    'create trigger a after insert on t begin select case when 1 then 2 end; delete from u; end; select 1',
    ['CREATE', 'SELECT'],
  ],
  ['CREATE TEMP TRIGGER a AFTER INSERT ON t BEGIN SELECT 1; END', ['CREATE']],
  ['create table trigger_log (a); select 1', ['CREATE', 'SELECT']],
])('the statements of %j', (sql, expected) => {
  expect(verbs(sql)).toEqual(expected)
})

test.each([
  ['select 1', false],
  ['with a as (select 1) select * from a', false],
  ['begin', false],
  ['begin deferred', false],
  ['commit', false],
  ['rollback to a', false],
  ['explain insert into t values (1)', false],
  ['begin immediate', true],
  ['BEGIN EXCLUSIVE TRANSACTION', true],
  ['with a as (select 1) delete from t', true],
  ['replace into t values (1)', true],
  ['create table t (a)', true],
  ['pragma user_version = 3', true],
])('whether %j takes the write lock', (sql, writes) => {
  expect(parseScript(sql).map((statement) => statement.writes)).toEqual([writes])
})

test.each([
  ['select ?, ?', [null, null]],
  ['select ?3, ?, ?1', ['?1', null, '?3', null]],
  ['select :b, :a, :b, ?1', [':b', ':a']],
  ['select @a, $a, :a', ['@a', '$a', ':a']],
  ['select \'?\', ":a", [@b] -- ?\n', []],
  ['select ?0, ?99999999999', []],
])('the parameters of %j', (sql, params) => {
  expect(parseScript(sql)[0]?.params).toEqual(params)
})

test('a long text is read in linear time', () => {
  const began = performance.now()
  parseScript(`select '${"a''".repeat(300_000)}', /*${'*'.repeat(300_000)}`)
  parseScript("'".repeat(300_001))
  expect(performance.now() - began).toBeLessThan(500)
})
