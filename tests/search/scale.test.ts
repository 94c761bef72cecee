import { createHash } from 'node:crypto'
import { withClient } from '@samsyn/prisma/engine/databases'
import { afterAll, expect, test } from 'vitest'
import { uuidOf } from '../world/actor.ts'
import { openWorld } from '../world/world.ts'

// A hundred thousand tasks and half a million comments: search costs what is found. `pnpm prove` only.

const PROVE = process.env['PROVE'] !== undefined
const WORDS = 20_000
const ASKED = 200

const world = PROVE ? await openWorld() : undefined
afterAll(() => world?.close())

/** Written past the triggers, set by set, as they would have written it. Common words are few, rare ones many. */
const PLANT = `
  alter table task disable trigger user;
  alter table comment disable trigger user;
  create function spelt(n int) returns text language sql immutable as $$
    select 'x' || translate(left(md5(n::text), 8), '0123456789', 'ghijklmnop')
  $$;
  create function planted(seed int, many int) returns text language sql immutable as $$
    select string_agg(spelt(floor(power(abs(hashint8(seed::bigint * 31 + n) % 10000) / 10000.0, 3) * ${WORDS})::int), ' ')
    from generate_series(1, many) as n
  $$;
  insert into task (id, collaboration_id, party_id, created_by_id, audience, readers, title, description, position)
    select gen_random_uuid(), like_this.collaboration_id, like_this.party_id, like_this.created_by_id, 'JOINT', like_this.readers,
      planted(n, 5), planted(n + 1000000, 20), 'a0'
    from (select * from task where audience = 'JOINT' limit 1) like_this, generate_series(1, 100000) as n;
  insert into comment (id, collaboration_id, task_id, party_id, author_id, audience, readers, text)
    select gen_random_uuid(), task.collaboration_id, task.id, task.party_id, task.created_by_id, 'AS_PARENT', task.readers,
      planted(hashint4(n) # hashtext(task.id::text), 12)
    from task, generate_series(1, 5) as n where task.position = 'a0' and task.title like 'x%';
  insert into search_entry
    select 'Task', id, readers, setweight(to_tsvector('simple', title), 'A') || setweight(to_tsvector('simple', description), 'D'), updated_at
    from task where title like 'x%';
  insert into search_entry
    select 'Comment', id, readers, setweight(to_tsvector('simple', text), 'D'), written_at from comment where text like 'x%';
  insert into search_word
    select word, search_stems(word) || search_slips(word) || search_threes(word), readers
    from (select readers from task where title like 'x%' limit 1) as seen,
      (select distinct spelt(n) as word from generate_series(0, ${WORDS}) as n) as words;
  alter table task enable trigger user;
  alter table comment enable trigger user;
  analyze`

const word = (n: number): string =>
  `x${createHash('md5')
    .update(String(n))
    .digest('hex')
    .slice(0, 8)
    .replace(/\d/g, (digit) => 'ghijklmnop'[Number(digit)] ?? digit)}`
const p99 = (times: readonly number[]): number => times.toSorted((a, b) => a - b)[Math.floor(times.length * 0.99)] ?? 0

test.runIf(PROVE)('p99 of a search among 600,000 things, beside the bare statement', { timeout: 600_000 }, async () => {
  if (!world) return
  await withClient(world.ownerUrl, (client) => client.query(PLANT))
  const torsby = await world.as('Torsby')
  const { viewer } = await torsby.query<{ viewer: { party: { id: string } } }>('{ viewer { party { id } } }')
  const pick = (n: number) => Math.floor((n / ASKED) ** 3 * WORDS)
  const questions = Array.from({ length: ASKED }, (_, n) => (n % 2 ? [word(pick(n))] : [word(pick(n)), word(pick(ASKED - n))]))

  const through: number[] = []
  let hits = 0
  for (const words of questions) {
    const begun = performance.now()
    const { search } = await torsby.query<{ search: { counts: { count: number }[] } }>(
      'query($text: String!) { search(text: $text) { nodes { subject { id } title { text hit } excerpt { text hit } } counts { type count } } }',
      { text: words.join(' ') },
    )
    through.push(performance.now() - begun)
    hits += search.counts.reduce((sum, { count }) => sum + count, 0)
  }
  const bare = await withClient(world.ownerUrl, async (client) => {
    await client.query(`select set_config('app.party', $1, false)`, [uuidOf(viewer.party.id)])
    const times: number[] = []
    for (const words of questions) {
      const wide = words.map((one) => `'${one}'`).join(' & ')
      const begun = performance.now()
      await client.query('select * from search_hits($1, $1, 200, 10000)', [wide])
      times.push(performance.now() - begun)
    }
    return times
  })
  console.log(
    `${ASKED} searches, ${hits} hits: p99 ${p99(through).toFixed(0)} ms, bare ${p99(bare).toFixed(0)} ms, ratio ${(p99(through) / p99(bare)).toFixed(1)}`,
  )
  expect(p99(through)).toBeLessThan(2_000)
})
