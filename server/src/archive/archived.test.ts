import { createDatabase, dropDatabase, withClient } from '@samsyn/prisma/engine/databases'
import { ensureRoles } from '@samsyn/prisma/engine/roles'
import { readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, inject, onTestFinished, test } from 'vitest'
import { does } from '../../../tests/world/acts.ts'
import { globalId } from '../../../tests/world/actor.ts'
import { monthsAgo } from '../../../tests/world/heads.ts'
import type { PartyName } from '../../../tests/world/world.ts'
import { headsOf, verifyStream } from '../chain/verify.ts'
import { samsyn } from '../operator/run.testing.ts'
import { openHub, standalone } from '../../../tests/world/archivingHub.ts'

// What has been archived, in two parts, is held to what was signed of it, by the hub and without it; whatever is done to it is named.

const { world, root, folder, streamFolder, partyId, settings, kept, ...hub } = await openHub()
const { journal, keep, archive, verify, exported, written, begins, lying: inArchive } = hub

await keep('3')
expect(await archive('--before', monthsAgo(4), '--yes')).toMatchObject({ code: 0, error: '' })
expect(await archive('--yes')).toMatchObject({ code: 0, error: '' })
const ofEntries = (least: number, most: number) => kept.filter(({ seq }) => Number(seq) >= least && Number(seq) <= most)

test('who has kept a receipt of what was archived is told so, and can hold the archive to it, without the hub too', async () => {
  const last = await begins()
  const [old, all] = [written('old.json', JSON.stringify(ofEntries(1, last - 1))), written('all.json', JSON.stringify(kept))]
  expect(ofEntries(1, last - 1).length).toBeGreaterThan(2)
  expect(await journal('verify', '--against', old)).toMatchObject({
    code: 1,
    error: expect.stringMatching(
      /Torsby: BROKEN at entry \d+: it is archived: a head that was kept is held to it when the archive is given/,
    ),
  })
  expect(await verify('--against', all)).toMatchObject({ code: 0, error: '' })

  const file = await exported()
  expect(await standalone(file)).toContain(`entries 1-${last} are archived elsewhere`)
  expect(await standalone(file, all)).toMatch(/is of entry \d+, which is archived: give the archive too/)
  expect(await standalone('--archive', folder, file, all)).toMatch(/archives are of several parties/)
  expect(await standalone('--archive', streamFolder, file, all)).toMatch(
    new RegExp(`^\\d+ entries and ${kept.length} heads hold; \\d+ texts have been erased\\.\nSigned by`),
  )
  expect(await standalone('--archive', streamFolder, old)).toMatch(new RegExp(`^${last} entries and \\d+ heads hold`))
  // One archive alone begins at a head, too.
  const latest = inArchive().at(-1) ?? ''
  expect(await standalone('--archive', join(streamFolder, latest))).toMatch(/entries and 0 heads hold/)
})

/** With the file changed, what the operator's command and the program of others say; it is put back afterwards. */
const spoilt = async (name: string, change: (text: string) => string) => {
  const latest = inArchive().at(-1) ?? ''
  const file = join(streamFolder, latest, name)
  const text = readFileSync(file, 'utf8')
  writeFileSync(file, change(text))
  try {
    expect(change(text)).not.toBe(text)
    return { hub: (await verify()).error, alone: await standalone('--archive', streamFolder, await exported()) }
  } finally {
    writeFileSync(file, text)
  }
}

test('a flipped byte in an archive is named, and where it stands', async () => {
  const entry = await spoilt('entries.jsonl', (text) => text.replace('\\"version\\":', '\\"version\\":1'))
  expect(entry.hub).toMatch(/Torsby: BROKEN in its archive: \S+: entry \d+ is not what was told at that place/)
  expect(entry.alone).toMatch(/^Entry \d+ is not what was told at that place in /)
  const text = await spoilt('texts.jsonl', (lines) => lines.replace('"value":"', '"value":"x'))
  expect(text.hub).toMatch(/a text is not the one that was written of entry \d+/)
  expect(text.alone).toMatch(/^A text of entry \d+ is not the one that was written in /)
  const gone = await spoilt('entries.jsonl', (lines) => lines.split('\n').toSpliced(3, 1).join('\n'))
  expect(gone.hub).toMatch(/entry \d+ is missing; what stands there says that it is \d+/)
  expect(gone.alone).toMatch(/^Entry \d+ is missing in /)
  const cut = await spoilt('entries.jsonl', (lines) => lines.split('\n').slice(0, -2).join('\n'))
  expect(cut.hub).toMatch(/entry \d+ is missing; it went on to \d+/)
  const signature = await spoilt('archive.json', (said) => said.replace(/"signature": "./, '"signature": "_'))
  expect(signature.hub).toMatch(/does not bear the signature/)
  expect(signature.alone).toMatch(/does not bear its key's signature/)
  const elsewhere = await spoilt('archive.json', (said) => said.replace(/"before": "./, '"before": "x'))
  expect(elsewhere.hub).toMatch(/does not follow on the archive|does not begin where the head before it was signed/)
  expect((await verify()).code).toBe(0)
})

test('whoever can rewrite the database can’t say that more has been archived than was', async () => {
  const last = await begins()
  const beyond = `(select min(seq) from stream_entry where stream_id = '${partyId}' and not exists (
    select from signed_head head where head.stream_id = stream_entry.stream_id and head.seq = stream_entry.seq))`
  const moved = `update journal_archive set (last, hash) = (select seq, hash from stream_entry where stream_id = '${partyId}' and seq = ${beyond})
    where stream_id = '${partyId}' and last = ${last}`
  expect(await after([moved, `delete from stream_entry where stream_id = '${partyId}' and seq <= ${beyond}`])).toMatch(
    /^\d+: what came before is said to be archived, and no head was signed there/,
  )
  expect(await after([`delete from stream_entry where stream_id = '${partyId}' and seq = ${last + 1}`])).toMatch(
    new RegExp(`^${last + 1}: it is missing; the next that is there is ${last + 2}`),
  )
  expect(await after([`delete from journal_archive where stream_id = '${partyId}'`])).toMatch(
    /^1: it is missing; the next that is there/,
  )
})

/** What the verifier says of Torsby's stream after the tampering, which is then undone. */
const after = (tampering: readonly string[]): Promise<string> =>
  withClient(world.ownerUrl, async (client) => {
    const owner = {
      ask: async <Row>(sql: string, values: readonly unknown[] = []) => (await client.query(sql, [...values])).rows as Row[],
    }
    await client.query(`begin; set local app.journal_opened = 'on'`)
    for (const statement of tampering) await client.query(statement)
    const [collaboration] = await owner.ask<{ id: string }>(`select id from collaboration`)
    const head = (await headsOf(owner, collaboration?.id ?? '')).find(({ streamId }) => streamId === partyId)
    if (!head) throw new Error('Torsby has no stream')
    const { broken } = await verifyStream(owner, head)
    await client.query('rollback')
    return broken ? `${broken.seq}: ${broken.what}` : 'whole'
  })

test('there is no other way for an entry to leave: not for the server, not for who seals, not by a slip of the owner’s', async () => {
  const [next] = await world.sql<{ seq: string; hash: Buffer }>(
    `select seq, hash from signed_head where stream_id = $1 and seq > $2 order by seq limit 1`,
    [partyId, await begins()],
  )
  const take = 'select journal_archive_take($1, $2, $3, $4)'
  const values = [partyId, next?.seq, next?.hash, 'file']
  const { applicationUrl } = await ensureRoles(world.ownerUrl)
  for (const [url, role] of [
    [applicationUrl, 'none'],
    [world.ownerUrl, 'samsyn_sealer'],
  ] as const)
    await withClient(url, async (client) => {
      await client.query(`begin; set local role ${role}; set local app.journal_opened = 'on'`)
      for (const act of [
        'delete from journal_entry',
        'delete from stream_entry',
        'update journal_archive set last = 1',
        'delete from archived_thread',
      ]) {
        await client.query('savepoint before')
        await expect(client.query(act), `${role}: ${act}`).rejects.toMatchObject({ code: '42501' })
        await client.query('rollback to before')
      }
      await expect(client.query(take, values), role).rejects.toMatchObject({ code: '42501' })
      await client.query('rollback')
    })
  for (const act of [
    'delete from journal_archive',
    'update journal_archive set last = 1',
    'truncate journal_archive',
    'delete from stream_entry',
  ])
    await expect(world.sql(act), act).rejects.toThrow('the journal is added to, never changed')
  await expect(world.sql(take, [partyId, Number(next?.seq) + 1, next?.hash, 'file'])).rejects.toThrow(
    'only what a signed head ends is archived',
  )
  await expect(world.sql(take, [partyId, next?.seq, Buffer.alloc(32), 'file'])).rejects.toThrow(
    'only what a signed head ends is archived',
  )
  expect(await world.sql(`select current_setting('app.journal_opened', true) as opened`)).not.toEqual([{ opened: 'on' }])
})

test('what is taken back after it was archived is taken out of the archive, which holds as before', async () => {
  const [spoken] = await world.sql<{ id: string; party: PartyName; text: string }>(
    `select comment.id, party.name as party, comment.text from comment join member on member.id = author_id join party on party.id = member.party_id
     where 'COORDINATOR' = any (member.roles) and withdrawn_at is null and not exists (select from journal_entry where subject_id = comment.id)
       and $1 = any (comment.readers) and length(comment.text) > 20 and text !~ '["\n]' order by written_at limit 1`,
    [partyId],
  )
  if (!spoken) throw new Error('nobody has said anything')
  const words = () =>
    inArchive()
      .map((name) => readFileSync(join(streamFolder, name, 'texts.jsonl'), 'utf8'))
      .join('')
  expect(words()).toContain(spoken.text)
  await does(await world.as(spoken.party), 'withdrawComment', { id: globalId('Comment', spoken.id) })
  const said = await journal('erase', '--archive', folder)
  expect(said).toMatchObject({ code: 0, out: expect.stringMatching(/^[1-9]\d* texts were taken out\.\n$/) })
  expect(words()).not.toContain(spoken.text)
  expect(await journal('erase', '--archive', folder)).toMatchObject({ code: 0, out: '0 texts were taken out.\n' })
  expect((await verify()).out).toMatch(/Torsby: .*entries, whole; [1-9]\d* texts taken back since/)

  // Words that are not kept at all are said not to be, and the chain holds without them.
  const [latest = ''] = inArchive()
  const file = join(streamFolder, latest, 'texts.jsonl')
  const text = readFileSync(file)
  rmSync(file)
  expect((await verify()).out).toMatch(/Torsby: .*; the words of \d+ texts are not kept/)
  expect(await standalone('--archive', streamFolder, await exported())).toMatch(/the words of \d+ texts are not kept/)
  writeFileSync(file, text)
})

test('a backup knows where the chain begins, and so does what it is restored to', async () => {
  const [last, url] = [await begins(), await createDatabase(inject('postgres'), `archive_${crypto.randomUUID().slice(0, 8)}`)]
  onTestFinished(() => dropDatabase(url, new URL(url).pathname.slice(1)))
  expect((await samsyn(['backup', '--to', join(root, 'backup')], settings)).code).toBe(0)
  const there = { DATABASE_URL: url, DATA_DIR: world.dataDir }
  const restored = await samsyn(['restore', '--from', join(root, 'backup')], there)
  expect(restored).toMatchObject({
    code: 0,
    error: '',
    out: expect.stringContaining(`entries from ${last + 1} on, whole; what came before is archived`),
  })
  expect(await samsyn(['journal', 'verify', '--archive', folder, '--against', join(root, 'all.json')], there)).toMatchObject({
    code: 0,
    error: '',
  })
  expect(await samsyn(['journal', 'archive', '--collaboration', 'sutohamu', '--to', folder, '--yes'], there)).toMatchObject({
    code: 0,
    out: expect.stringContaining('Nothing is.'),
  })
  await expect(withClient(url, (client) => client.query('delete from journal_archive'))).rejects.toThrow(
    'the journal is added to, never changed',
  )
})
