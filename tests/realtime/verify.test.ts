import { execFile } from 'node:child_process'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { afterAll, expect, test } from 'vitest'
import { uuidOf } from '../world/actor.ts'
import { jointTask } from '../world/acts.ts'
import { openWorld } from '../world/world.ts'

// A journal of years is verified while one waits. The years are written here as sealing writes them, without its waiting for each.

const entries = process.env['PROVE'] ? 100_000 : 2_000

const world = await openWorld()
afterAll(world.close)

const years = (task: string): string => `do $$
declare
  subject task := (select task from task where id = '${task}');
  heads stream_head[] := array(select head from stream_head head where stream_id = any (subject.readers) order by stream_id);
  hashes bytea[] := array(select (head).hash from unnest(heads) head);
  salt bytea;
  sealed text;
  entry journal_entry;
  told text;
begin
  for number in 1..${entries} loop
    salt := uuid_send(gen_random_uuid());
    sealed := encode(sha256(salt || convert_to('Åtgärd ' || number, 'UTF8')), 'hex');
    entry := row(gen_random_uuid(), date_trunc('milliseconds', clock_timestamp()), 'task.edited', subject.collaboration_id, subject.created_by_id,
      subject.party_id, 'Task', subject.id, number, jsonb_build_object('title', jsonb_build_object('to', jsonb_build_object('commitment', sealed))),
      subject.readers);
    insert into journal_entry select entry.*;
    insert into commitment (hash, entry_id, salt, value, readers) values (sealed, entry.id, salt, 'Åtgärd ' || number, subject.readers);
    told := canonical_entry(entry);
    for at in 1..cardinality(heads) loop
      hashes[at] := sha256(hashes[at] || convert_to(told, 'UTF8'));
      insert into stream_entry (stream_id, seq, entry_id, hash) values (heads[at].stream_id, heads[at].seq + number, entry.id, hashes[at]);
    end loop;
  end loop;
  for at in 1..cardinality(heads) loop
    update stream_head set seq = seq + ${entries}, hash = hashes[at] where stream_id = heads[at].stream_id;
  end loop;
end $$`

test(`${entries} entries of a joint task are verified for every party that was told them`, async () => {
  const torsby = await world.as('Torsby')
  const task = await jointTask(torsby)
  await world.server.kill()
  // Each row would be looked up in another table, for a million rows that are written together.
  await world.sql('alter table stream_entry drop constraint stream_entry_entry_id_fkey')
  await world.sql('alter table commitment drop constraint commitment_entry_id_fkey')
  await world.sql(years(uuidOf(task.id)))
  const begun = performance.now()
  const command = join(import.meta.dirname, '../../server/src/operator/samsyn.ts')
  const { stdout } = await promisify(execFile)(process.execPath, [command, 'journal', 'verify'], {
    env: { PATH: process.env['PATH'], HOME: process.env['HOME'], DATABASE_URL: world.ownerUrl },
  })
  const took = ((performance.now() - begun) / 1000).toFixed(1)
  const told = [...stdout.matchAll(/: (\d+) entries, whole/g)].map(([, count]) => Number(count))
  console.log(`${entries} entries at ${told.reduce((sum, count) => sum + count, 0)} places verified in ${took} s`)
  expect(told.filter((count) => count >= entries).length).toBeGreaterThanOrEqual(5)
  expect(stdout).toContain('The journal is whole.')
}, 300_000)
