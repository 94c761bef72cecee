import { setTimeout as delay } from 'node:timers/promises'
import { afterAll, expect, test } from 'vitest'
import { mint, uuidOf, type Actor } from '../world/actor.ts'
import { act, type Input, type Verb } from '../world/acts.ts'
import { clauseOf, signatoriesOf } from '../world/agreements.ts'
import { openWorld } from '../world/world.ts'
import { expectChains } from './chain.ts'
import { chanceFrom, SEED } from './chance.ts'
import { Lives } from './lives.ts'

// The server is killed somewhere in each step from a draft to a version in force. A step is done with all that belongs to it, or
// nothing of it is there; asked for again under its key, it is done once.

const ROUNDS = process.env['PROVE'] ? 3 : 1
/** A step and its answer take about so long: what is asked for is killed before it arrives, in the middle, or when it has been done. */
const STEP_MS = 90

const world = await openWorld()
afterAll(world.close)
const actors = await signatoriesOf(world)
const [sunne] = actors
if (!sunne) throw new Error('nobody')
const lives = new Lives(world.server)
const chance = chanceFrom(SEED)
const kills = { before: 0, after: 0 }

/** Does it while the server is killed, and again under the same key; the second is answered as if it were the first. */
const killed = async (who: Actor, verb: Verb, input: Input): Promise<string> => {
  const keyed = { ...input, idempotencyKey: mint() }
  const before = await world.sql('select from journal_intent union all select from idempotency_record')
  const first = act(who, verb, keyed).catch(() => undefined)
  await delay(chance.below(STEP_MS))
  await lives.end()
  await first
  expect(await half()).toEqual([])
  const after = await world.sql('select from journal_intent union all select from idempotency_record')
  kills[after.length > before.length ? 'after' : 'before'] += 1
  const outcome = await act(who, verb, keyed)
  expect(await half()).toEqual([])
  const subject = (outcome['proposal'] ?? outcome['agreementVersion']) as { id: string } | undefined
  if (!subject) throw new Error(`${verb}: ${JSON.stringify(outcome)}`)
  return subject.id
}

/** What is there without what belongs to it. */
const half = async (): Promise<string[]> => {
  const told = (kind: string, id: string) => `(select count(*) from journal_entry where kind = '${kind}' and subject_id = ${id})`
  const rows = await world.sql<{ what: string }>(`
    select 'proposal ' || state || ' without having been opened once' as what from proposal
      where state <> 'DRAFT' and opened_at > (select seeded_at from demo) and ${told('proposal.opened', 'proposal.id')} <> 1
    union all select 'a draft that was opened' from proposal where state = 'DRAFT' and ${told('proposal.opened', 'proposal.id')} > 0
    union all select 'answers that were not told, or told without being there' from proposal
      where opened_at > (select seeded_at from demo)
        and (select count(*) from answer where proposal_id = proposal.id) <> ${told('proposal.answered', 'proposal.id')}
    union all select 'all answers, and the proposal still open' from proposal
      where state = 'OPEN' and (select count(*) from answer where proposal_id = proposal.id) >= ${actors.length}
    union all select 'agreed to without one version that came of it' from proposal
      where state = 'INCORPORATED' and (select count(*) from agreement_version where proposal_id = proposal.id) <> 1
    union all select 'a version without text, or not told once' from agreement_version version
      where proposal_id is not null and made_at > (select seeded_at from demo) and (${told('version.made', 'version.id')} <> 1
        or not exists (select from version_clause where version_id = version.id))
    union all select 'signatures that were not told' from agreement_version version
      where proposal_id is not null and made_at > (select seeded_at from demo)
        and (select count(*) from signature where version_id = version.id) <> ${told('version.signed', 'version.id')}
    union all select 'in force or not, against its signatures' from agreement_version version
      where proposal_id is not null and made_at > (select seeded_at from demo) and state in ('AWAITING_SIGNATURES', 'IN_FORCE')
        and ((select count(*) from signature where version_id = version.id) = ${actors.length}) <> (state = 'IN_FORCE')
    union all select 'more than one version in force' from agreement_version where state = 'IN_FORCE' having count(*) <> 1
    union all select 'an act that was never sealed' from journal_intent`)
  return rows.map(({ what }) => what)
}

test('killed in every step of a proposal, nothing is left half done', async () => {
  for (let round = 1; round <= ROUNDS; round++) {
    const changes = [{ kind: 'CHANGE', clause: await clauseOf(sunne, '1'), text: `Omskrivet för ${round} gången.` }]
    const draft = { id: mint(), title: `Ny lydelse ${round}`, reason: 'Tydligare så.', changes }
    const proposal = await killed(sunne, 'draftProposal', draft)
    await killed(sunne, 'openProposal', { id: proposal })
    for (const actor of actors) await killed(actor, 'answerProposal', { id: proposal, position: 'YES' })
    const [version] = await world.sql<{ id: string; hash: string }>(
      `select id, hash from agreement_version where proposal_id = '${uuidOf(proposal)}'`,
    )
    if (!version) throw new Error('no version came of it')
    for (const actor of actors)
      await killed(actor, 'signVersion', { id: btoa(`AgreementVersion:${version.id}`), hash: version.hash })
    const [state] = await world.sql(`select state from agreement_version where id = '${version.id}'`)
    expect(state).toEqual({ state: 'IN_FORCE' })
  }
  await expectChains(world)
  console.log(
    `killed −9 in each of ${lives.deaths} steps: ${kills.before} times it had not been done, ${kills.after} times it had; half done 0`,
  )
}, 600_000)
