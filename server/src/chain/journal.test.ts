import { withClient } from '@samsyn/prisma/engine/databases'
import { execFile } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { afterAll, expect, test } from 'vitest'
import { does, jointTask } from '../../../tests/world/acts.ts'
import { mint } from '../../../tests/world/actor.ts'
import { eventually } from '../../../tests/world/eventually.ts'
import { openWorld } from '../../../tests/world/world.ts'
import { samsyn } from '../operator/run.testing.ts'
import { type SignedHead, holdsSignature } from './head.ts'
import { headsOf, verifyStream } from './verify.ts'

// Torsby keeps the signed heads of its journal and asks later whether anything has been changed behind its back. The tampering is done
// by somebody who may do everything in the database; each is undone before the next.

const world = await openWorld()
const folder = mkdtempSync(join(tmpdir(), 'samsyn-journal-'))
afterAll(async () => {
  await world.close()
  rmSync(folder, { recursive: true, force: true })
})
const torsby = await world.as('Torsby')
const partyId = (await world.sql<{ id: string }>(`select id from party where name = 'Torsby'`))[0]?.id ?? ''
const task = await jointTask(torsby, { title: 'Nattvandring' })
const secret = 'Det här skulle aldrig ha skrivits.'
const { subject: comment } = await does(torsby, 'writeComment', {
  id: mint(),
  task: task.id,
  audience: 'AS_PARENT',
  text: secret,
})

/** The first entry that says something in free words. */
const [{ spoken } = { spoken: 0 }] = await world.sql<{ spoken: number }>(
  `select min(seq)::int as spoken from stream_entry where stream_id = $1 and entry_id in (select entry_id from commitment)`,
  [partyId],
)

const HEADS = '{ signedHeads { nodes { stream epoch seq hash at key signature } } }'
const kept = async (who = torsby) => {
  const { signedHeads } = await who.query<{ signedHeads: { nodes: SignedHead[] } }>(HEADS)
  return signedHeads.nodes
}
const write = (name: string, text: string): string => {
  writeFileSync(join(folder, name), text)
  return join(folder, name)
}
const run = (...words: string[]) => samsyn(['journal', ...words], { DATABASE_URL: world.ownerUrl })
const place = ['--collaboration', 'sutohamu', '--party', 'Torsby']
const standalone = (...words: string[]) =>
  promisify(execFile)(process.execPath, [join(import.meta.dirname, '../../../examples/verify.mjs'), ...words]).then(
    ({ stdout }) => stdout,
    (error: { stderr: string }) => error.stderr,
  )

/** What the verifier says of Torsby's stream after the tampering, which is then undone. */
const after = (tampering: readonly string[], heads: readonly SignedHead[] = []): Promise<string> =>
  withClient(world.ownerUrl, async (client) => {
    const owner = {
      ask: async <Row>(sql: string, values: readonly unknown[] = []) => (await client.query(sql, [...values])).rows as Row[],
    }
    await client.query(`begin; set local app.journal_opened = 'on'`)
    for (const statement of tampering) await client.query(statement.replaceAll('$party', `'${partyId}'`))
    const [collaboration] = await owner.ask<{ id: string }>(`select id from collaboration`)
    const head = (await headsOf(owner, collaboration?.id ?? '')).find(({ streamId }) => streamId === partyId)
    if (!head) throw new Error('Torsby has no stream')
    const { broken } = await verifyStream(owner, head, heads)
    await client.query('rollback')
    return broken ? `${broken.seq}: ${broken.what}` : 'whole'
  })

test('a day has a head of each stream, signed; a party gets its own', async () => {
  await eventually('the heads are signed', async () => (await kept()).length === 1)
  const [head] = await kept()
  if (!head) throw new Error('no head')
  expect(holdsSignature(head)).toBe(true)
  expect(holdsSignature({ ...head, seq: String(BigInt(head.seq) + 1n) })).toBe(false)
  expect(head.stream).toBe(partyId)
  const sunne = await kept(await world.as('Sunne'))
  expect(sunne.map(({ stream }) => stream)).not.toContain(partyId)
  expect(sunne[0]?.key).toBe(head.key)
})

test('nothing has been changed: the hub says so, and so does a program that knows nothing of it', async () => {
  const heads = write('heads.json', JSON.stringify(await kept()))
  const said = await run('verify', '--against', heads)
  expect(said).toMatchObject({ code: 0, error: '' })
  expect(said.out).toMatch(/Torsby: \d+ entries, whole\n/)
  const journal = write('journal.jsonl', (await run('export', ...place)).out)
  expect(await standalone(journal, heads)).toMatch(
    /^\d+ entries and 1 heads hold; 0 texts have been erased\.\nSigned by the key with the fingerprint (?:[0-9a-f]{4} ?){16}\n$/,
  )
})

test('whose key signs is read out by the operator, and is the one that the verifier names', async () => {
  const key = await samsyn(['journal', 'key'], { DATABASE_URL: world.ownerUrl, DATA_DIR: world.dataDir })
  expect(key).toMatchObject({ code: 0, error: '', out: expect.stringContaining(`Key: ${(await kept())[0]?.key}\n`) })
  const fingerprint = /Fingerprint \(SHA-256\): (.*)\n/.exec(key.out)?.[1]
  expect(await standalone(write('empty.jsonl', ''))).toBe('0 entries and 0 heads hold; 0 texts have been erased.\n')
  expect(await standalone(join(folder, 'journal.jsonl'), join(folder, 'heads.json'))).toContain(`fingerprint ${fingerprint}\n`)
  expect(await samsyn(['journal', 'key'], { DATABASE_URL: world.ownerUrl, DATA_DIR: join(folder, 'nowhere') })).toMatchObject({
    code: 1,
    out: '',
    error: expect.stringContaining('There is no key'),
  })
})

const entryAt = (seq: number) => `(select entry_id from stream_entry where stream_id = $party and seq = ${seq})`
test.each([
  [
    'a value in an entry',
    [`update journal_entry set subject_version = subject_version + 1 where id = ${entryAt(7)}`],
    /^7: it is not what was told/,
  ],
  [
    'a bit of a hash',
    [`update stream_entry set hash = set_bit(hash, 3, 1 - get_bit(hash, 3)) where stream_id = $party and seq = 9`],
    /^9: it is not/,
  ],
  [
    'a text beside the chain',
    [`update commitment set value = value || '.' where entry_id = ${entryAt(spoken)}`],
    /^\d+: a text of it is not the one that was written/,
  ],
  [
    'a text gone',
    [`delete from commitment where entry_id = ${entryAt(spoken)}`],
    /^\d+: a text of it is gone without having been erased/,
  ],
  [
    'an entry gone',
    [`delete from stream_entry where stream_id = $party and seq = 12`],
    /^12: it is missing; the next that is there is 13/,
  ],
  [
    'two entries swapped',
    [
      `update stream_entry set entry_id = case seq when 20 then ${entryAt(21)} else ${entryAt(20)} end where stream_id = $party and seq in (20, 21)`,
    ],
    /^20: it is not what was told/,
  ],
  [
    'two places swapped',
    [
      `update stream_entry set seq = -seq where stream_id = $party and seq in (20, 21)`,
      `update stream_entry set seq = 41 + seq where stream_id = $party and seq in (-20, -21)`,
    ],
    /^20: it is not what was told/,
  ],
  [
    'the end cut off',
    [`delete from stream_entry where stream_id = $party and seq = (select max(seq) from stream_entry where stream_id = $party)`],
    /it is missing; the head of the stream says/,
  ],
  [
    'the beginning cut off and all numbers moved',
    [
      `delete from stream_entry where stream_id = $party and seq = 1`,
      `update stream_entry set seq = seq - 1 where stream_id = $party`,
    ],
    /^1: it is not what was told/,
  ],
  [
    'another told to be among the readers',
    [`update journal_entry set readers = array_remove(readers, $party) where id = ${entryAt(30)}`],
    /^30: it was not told to this party/,
  ],
  [
    'told to the party, and nowhere in its stream',
    [
      `update journal_entry set readers = readers || $party::uuid where id = (select id from journal_entry where not $party = any (readers) limit 1)`,
    ],
    /has no place here/,
  ],
  [
    'an entry after the head',
    [
      `update stream_head set (seq, hash) = (select seq, hash from stream_entry where stream_id = $party and seq = stream_head.seq - 1) where stream_id = $party`,
    ],
    /it stands after the head/,
  ],
])('%s is found and named', async (_what, tampering, found) => {
  expect(await after(tampering)).toMatch(found)
})

test('cut off and the head set back, only a head that was kept tells', async () => {
  const heads = await kept()
  const cut = [
    `delete from stream_entry where stream_id = $party and seq > 40`,
    `update journal_entry set readers = array_remove(readers, $party) where not exists
       (select from stream_entry where stream_id = $party and entry_id = journal_entry.id)`,
    `update stream_head set (seq, hash) = (select seq, hash from stream_entry where stream_id = $party and seq = 40) where stream_id = $party`,
  ]
  expect(await after(cut)).toBe('whole')
  expect(await after(cut, heads)).toBe(`41: it is missing; a head that was kept says that there were ${heads[0]?.seq}`)
  const forged = heads.map((head) => ({ ...head, seq: '40' }))
  expect(await after(cut, forged)).toMatch(/does not bear the signature/)
})

test('what is broken ends the command with 1, and the program of others with 1 too', async () => {
  const heads = write('heads.json', JSON.stringify(await kept()))
  const lines = (await run('export', ...place)).out.trim().split('\n')
  const cut = write('cut.jsonl', lines.slice(0, 40).join('\n'))
  expect(await standalone(cut, heads)).toMatch(/says that there were \d+ entries; here are 40/)
  const changed = write(
    'changed.jsonl',
    lines.map((line, at) => (at === 7 ? line.replace('\\"version\\":', '\\"version\\":1') : line)).join('\n'),
  )
  expect(await standalone(changed)).toBe('Entry 8 is not what was told at that place.\n')

  await world.sql(
    `update commitment set value = value || '.' where entry_id in (select entry_id from stream_entry where stream_id = $1 and seq = $2)`,
    [partyId, spoken],
  )
  const said = await run('verify')
  expect(said).toMatchObject({ code: 1, out: '' })
  expect(said.error).toContain(`Torsby: BROKEN at entry ${spoken}: a text of it is not the one that was written`)
  await world.sql(
    `update commitment set value = left(value, -1) where entry_id in (select entry_id from stream_entry where stream_id = $1 and seq = $2)`,
    [partyId, spoken],
  )
  expect((await run('verify')).code).toBe(0)
  expect(await run('verify', '--against', join(folder, 'none.json'))).toMatchObject({
    code: 1,
    error: expect.stringContaining("can't be read"),
  })
  expect(await run('verify', '--against', write('odd.json', '{"seq":1}'))).toMatchObject({
    code: 1,
    error: expect.stringContaining('no signed heads'),
  })
})

test('a text that is taken back is gone, and the chain holds', async () => {
  await does(torsby, 'withdrawComment', { id: comment.id })
  const said = await run('verify')
  expect(said).toMatchObject({ code: 0, out: expect.stringMatching(/Torsby: \d+ entries, whole; \d texts taken back since/) })
  const journal = (await run('export', ...place)).out
  expect(journal).not.toContain(secret)
  expect(await standalone(write('journal.jsonl', journal))).toMatch(/entries and 0 heads hold; \d texts have been erased/)
})

test('the journal is added to and never changed, whoever asks', async () => {
  for (const table of ['journal_entry', 'stream_entry', 'signed_head'])
    for (const act of [`delete from ${table}`, `update ${table} set hash = hash`, `truncate ${table} cascade`].filter(
      (one) => table !== 'journal_entry' || !one.startsWith('update'),
    ))
      await expect(world.sql(act)).rejects.toThrow('the journal is added to, never changed')
})
