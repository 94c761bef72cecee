import { globalId, mint, type Actor } from '../../world/actor.ts'
import { does } from '../../world/acts.ts'
import { signatoriesOf } from '../../world/agreements.ts'
import type { Doings, Stage } from '../stage.ts'

// What happens to the agreement: one step at a time by anybody, and the whole way where an event needs everybody.

const proposalOf = (row: { id: string }) => globalId('Proposal', row.id)

const signatories = new WeakMap<Stage, Actor[]>()
const signing = async (stage: Stage): Promise<Actor[]> => {
  const known = signatories.get(stage) ?? (await signatoriesOf(stage.world))
  signatories.set(stage, known)
  return known
}

const clause = async (stage: Stage): Promise<string> => {
  const rows = await stage.world.sql<{ id: string }>('select id from clause where not removed order by id')
  return globalId('Clause', stage.chance.one(rows).id)
}

const wording = async (stage: Stage, on?: string) => ({
  title: `Lydelse ${stage.chance.below(1_000)}`,
  reason: 'Tydligare så.',
  changes: [{ kind: 'CHANGE', clause: on ?? (await clause(stage)), text: `Omskrivet ${mint()}.` }],
})

/** Put before the others, by one who may. */
const opened = async (stage: Stage, on?: string): Promise<string> => {
  const actor = stage.chance.one(await signing(stage))
  const { subject } = await does(actor, 'draftProposal', { id: mint(), ...(await wording(stage, on)) })
  await does(actor, 'openProposal', { id: subject.id })
  return subject.id
}

const decide = async (stage: Stage, id: string, positions: readonly string[]): Promise<void> => {
  const answers = await signing(stage)
  for (const [index, actor] of answers.entries())
    await stage.tries(actor, 'answerProposal', { id, position: positions[index % positions.length] })
}

const incorporate = async (stage: Stage, on?: string) => decide(stage, await opened(stage, on), ['YES'])

const awaiting = async (stage: Stage) => {
  const rows = await stage.world.sql<{ id: string; hash: string }>(
    `select id, hash from agreement_version where state = 'AWAITING_SIGNATURES'`,
  )
  const row = rows[0]
  return row && { id: globalId('AgreementVersion', row.id), hash: row.hash }
}

const sign = async (stage: Stage, actors: readonly Actor[]): Promise<void> => {
  const version = await awaiting(stage)
  if (!version) return incorporate(stage)
  for (const actor of actors) await stage.tries(actor, 'signVersion', version)
}

const enter = async (stage: Stage) => {
  await incorporate(stage)
  await sign(stage, await signing(stage))
}

const draft = async (stage: Stage) =>
  stage.tries(await stage.somebody(), 'draftProposal', { id: mint(), ...(await wording(stage)) })

export const textDoings: Doings = {
  'proposal.drafted': draft,
  'proposal.edited': async (stage) => {
    const known = await stage.thing('proposal', `state = 'DRAFT'`)
    if (!known) return draft(stage)
    const wanted = { id: proposalOf(known), baseVersion: known.version, ...(await wording(stage)) }
    return stage.tries(await stage.somebody(known), 'editProposal', wanted)
  },
  'proposal.opened': async (stage) => {
    const known = await stage.thing('proposal', `state = 'DRAFT'`)
    if (!known) return draft(stage)
    return stage.tries(await stage.somebody(known), 'openProposal', { id: proposalOf(known) })
  },
  'proposal.answered': async (stage) => {
    const proposal = await stage.thing('proposal', `state = 'OPEN'`)
    if (!proposal) return
    const wanted = { id: proposalOf(proposal), position: stage.chance.one(['YES', 'NO', 'ABSTAIN']) }
    await stage.tries(stage.chance.one(stage.people), 'answerProposal', wanted)
  },
  'proposal.withdrawn': async (stage) => {
    const proposal = await stage.thing('proposal', `state in ('DRAFT', 'OPEN')`)
    if (proposal) await stage.tries(await stage.somebody(proposal), 'withdrawProposal', { id: proposalOf(proposal) })
  },
  'proposal.incorporated': (stage) => incorporate(stage),
  'proposal.rejected': async (stage) => decide(stage, await opened(stage), stage.chance.one([['ABSTAIN'], ['YES', 'NO']])),
  'proposal.overtaken': async (stage) => {
    const on = await clause(stage)
    const late = await opened(stage, on)
    await incorporate(stage, on)
    await decide(stage, late, ['YES'])
  },
  'version.made': (stage) => incorporate(stage),
  'version.signed': async (stage) => sign(stage, [stage.chance.one(stage.people)]),
  'version.entered': enter,
  'version.superseded': enter,
  'version.lapsed': (stage) => incorporate(stage),
}
