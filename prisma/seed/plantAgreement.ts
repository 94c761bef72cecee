// The agreement's rows, and for what happens in the hub also what the journal says of it.

import type pg from 'pg'
import * as story from './agreement.ts'
import { instant } from './calendar.ts'
import { commentId, fixedId } from './ids.ts'
import { pilot } from './pilot.ts'
import { at, member, party, type Calendar, type Entry } from './rows.ts'
import type { MemberKey, PartyKey, StoryMember } from './story.ts'

type Happening = { at: Date; by: StoryMember; happen: () => Promise<Entry> }
type Text = { id: string; parent: string | null; heading: string; text: string }

const agreementId = fixedId('agreement', 1)
export const clauseId = (n: number): string => fixedId('clause', n)
const idOf = (n: number | null): string | null => (n === null ? null : clauseId(n))
const proposalId = (number: number): string => fixedId('proposal', number)
const versionId = (number: number): string => fixedId('version', number)
const collaborationId = pilot.collaboration.id
const signatories: readonly Exclude<PartyKey, 'R'>[] = ['S', 'T', 'H', 'M', 'P']
const others = signatories.map((key) => party(key).id).concat(party('R').id)

/** The first version, and the second, which the proposal's steps make of it. */
const first: readonly Text[] = story.clauses.map(({ n, under, heading, text }) => ({
  id: clauseId(n),
  parent: idOf(under),
  heading,
  text,
}))
const made = (before: readonly Text[], steps: readonly story.StoryStep[]): Text[] => {
  let clauses = [...before]
  const family = (id: string): Text[] =>
    clauses.filter((clause) => clause.id === id).flatMap((clause) => [clause, ...clauses.filter(({ parent }) => parent === id)])
  const put = (moved: Text[], parent: string | null, after: string | null) => {
    const rest = clauses.filter((clause) => !moved.includes(clause))
    const place =
      after === null
        ? rest.findIndex(({ id }) => id === parent) + 1
        : rest.findIndex(({ id }) => id === after) + family(after).length
    clauses = [
      ...rest.slice(0, place),
      ...moved.map((clause, index) => (index === 0 ? { ...clause, parent } : clause)),
      ...rest.slice(place),
    ]
  }
  for (const step of steps) {
    const id = clauseId(step.n)
    if (step.kind === 'CHANGE') {
      const { heading, text } = step
      clauses = clauses.map((clause) =>
        clause.id === id ? { ...clause, ...(heading && { heading }), ...(text && { text }) } : clause,
      )
    } else if (step.kind === 'ADD')
      put([{ id, parent: null, heading: step.heading, text: step.text }], idOf(step.under), idOf(step.after))
    else put(family(id), idOf(step.under), idOf(step.after))
  }
  return clauses
}
const second: readonly Text[] = made(first, story.afterTheAct.steps)

/** Numbered as they are shown: two levels are all that the story has. */
const numbered = (clauses: readonly Text[]) => {
  let [top, below] = [0, 0]
  return clauses.map((clause, position) => {
    if (clause.parent === null) [top, below] = [top + 1, 0]
    else below += 1
    const number = clause.parent === null ? String(top) : `${top}.${below}`
    return { ...clause, number, depth: clause.parent === null ? 0 : 1, position }
  })
}

/** A proposal's steps as the service writes them. */
const stepsOf = ({ steps }: story.StoryProposal) =>
  steps.map((step) => ({
    kind: step.kind,
    clause: clauseId(step.n),
    parent: step.kind === 'CHANGE' ? null : idOf(step.under),
    after: step.kind === 'CHANGE' ? null : idOf(step.after),
    heading: step.kind === 'MOVE' ? null : (step.heading ?? null),
    text: step.kind === 'MOVE' ? null : (step.text ?? null),
  }))

const day = (date: string, time = '10:00'): Date => instant(date, time, pilot.collaboration.timeZone)

/** What is older than the hub. */
export const plantAgreement = async (client: pg.Client): Promise<void> => {
  await client.query('update agreement set id = $1, title = $2, provenance = $3, version = 5 where collaboration_id = $4', [
    agreementId,
    story.title,
    story.provenance,
    collaborationId,
  ])
  for (const { id, parent, number, depth, position, heading, text } of numbered(second))
    await client.query(
      `insert into clause (id, collaboration_id, agreement_id, parent_id, number, depth, position, heading, text) values ($1, $2, $3, $4, $5, $6, $7, $8, $9)`,
      [id, collaborationId, agreementId, parent, number, depth, position, heading, text],
    )
  const { signedOn, from } = story.versions.first
  const signings = signatories.map((key, index) => ({ key, at: new Date(day(signedOn, from).getTime() + index * 4 * 60_000) }))
  await plantVersion(client, 1, first, null, day(signedOn, '09:00'), signings)

  const { drafted, opened, answered, signed } = story.versions.second
  await draftIn(client, story.afterTheAct, 1, day(drafted))
  await openIn(client, story.afterTheAct, 2, day(opened))
  for (const [key, on] of Object.entries(answered) as [keyof typeof answered, string][])
    await answerIn(client, story.afterTheAct, 3, { by: story.signers[key], position: 'YES', reason: null, at: day(on, '13:00') })
  const decided = day(answered.P, '13:00')
  await client.query(`update proposal set state = 'INCORPORATED', decided_at = $2, version = 8 where id = $1`, [
    proposalId(1),
    decided,
  ])
  const later = (Object.entries(signed) as [keyof typeof signed, string][]).map(([key, on]) => ({ key, at: day(on) }))
  await plantVersion(client, 2, second, proposalId(1), decided, later)
}

const plantVersion = async (
  client: pg.Client,
  number: number,
  clauses: readonly Text[],
  proposal: string | null,
  at: Date,
  signings: readonly { key: Exclude<PartyKey, 'R'>; at: Date }[],
): Promise<void> => {
  const id = versionId(number)
  const text = numbered(clauses)
  const signed = {
    agreement: agreementId,
    number,
    title: story.title,
    clauses: text.map(({ id: clause, parent, number: shown, heading, text: words }) => ({
      id: clause,
      parent,
      number: shown,
      heading,
      text: words,
    })),
  }
  // The hash by PostgreSQL's hand: the server works it out by its own, and a test holds them together.
  await client.query(
    `insert into agreement_version (id, collaboration_id, agreement_id, proposal_id, number, title, hash, made_at)
     values ($1, $2, $3, $4, $5, $6, encode(sha256(convert_to(canonical_json($7::jsonb), 'UTF8')), 'hex'), $8)`,
    [id, collaborationId, agreementId, proposal, number, story.title, JSON.stringify(signed), at],
  )
  for (const { id: clause, parent, number: shown, depth, position, heading, text: words } of text)
    await client.query(
      `insert into version_clause (version_id, clause_id, collaboration_id, parent_id, number, depth, position, heading, text) values ($1, $2, $3, $4, $5, $6, $7, $8, $9)`,
      [id, clause, collaborationId, parent, shown, depth, position, heading, words],
    )
  for (const { key, at: signedAt } of signings)
    await client.query(
      `insert into signature (id, collaboration_id, version_id, party_id, member_id, hash, signed_at)
       select $1, $2, $3, $4, $5, hash, $6 from agreement_version where id = $3`,
      [
        fixedId('signature', number * 10 + party(key).ordinal),
        collaborationId,
        id,
        party(key).id,
        member(story.signers[key]).id,
        signedAt,
      ],
    )
  const inForce = signings.at(-1)?.at
  await client.query(
    `update agreement_version set state = 'SUPERSEDED', ended_at = $2, version = version + 1 where agreement_id = $1 and state = 'IN_FORCE'`,
    [agreementId, inForce],
  )
  await client.query(`update agreement_version set state = 'IN_FORCE', in_force_at = $2, version = 7 where id = $1`, [
    id,
    inForce,
  ])
}

const draftIn = (client: pg.Client, proposal: story.StoryProposal, base: number, at: Date) =>
  client.query(
    `insert into proposal (id, collaboration_id, agreement_id, party_id, author_id, base_id, title, reason, changes, created_at)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)`,
    [
      proposalId(proposal.number),
      collaborationId,
      agreementId,
      party(member(proposal.by).party).id,
      member(proposal.by).id,
      versionId(base),
      proposal.title,
      proposal.reason,
      JSON.stringify(stepsOf(proposal)),
      at,
    ],
  )

const openIn = (client: pg.Client, { number }: story.StoryProposal, version: number, at: Date) =>
  client.query(`update proposal set state = 'OPEN', audience = 'JOINT', opened_at = $2, version = $3 where id = $1`, [
    proposalId(number),
    at,
    version,
  ])

const answerIn = async (
  client: pg.Client,
  { number }: story.StoryProposal,
  version: number,
  said: { by: MemberKey; position: story.StoryPosition; reason: string | null; at: Date },
) => {
  const who = member(said.by)
  const seat = party(who.party)
  await client.query(
    `insert into answer (id, collaboration_id, proposal_id, party_id, member_id, position, reason, answered_at) values ($1, $2, $3, $4, $5, $6, $7, $8)`,
    [
      fixedId('answer', number * 10 + seat.ordinal),
      collaborationId,
      proposalId(number),
      seat.id,
      who.id,
      said.position,
      said.reason,
      said.at,
    ],
  )
  await client.query('update proposal set version = $2 where id = $1', [proposalId(number), version])
}

/** What happens to the agreement in the hub, to be done in the order of time with all the rest. */
export const agreementHappenings = (client: pg.Client, calendar: Calendar): Happening[] => {
  const moment = (when: { day: number; time: string; by: MemberKey }) => ({
    at: at(calendar, when.day, when.time),
    by: member(when.by),
  })
  const own = (by: MemberKey) => [party(member(by).party).id]
  const entry = (kind: string, number: number, version: number, changes: Entry['changes'], formerReaders: string[]): Entry => ({
    kind,
    subjectType: 'Proposal',
    subjectId: proposalId(number),
    version,
    changes,
    formerReaders,
  })
  const words = (proposal: story.StoryProposal): Entry['changes'] => ({
    title: { from: null, to: { text: proposal.title } },
    ...(proposal.reason && { reason: { from: { text: '' }, to: { text: proposal.reason } } }),
    changes: { from: { text: '[]' }, to: { text: JSON.stringify(stepsOf(proposal)) } },
  })
  const drafted = (proposal: story.StoryProposal & { drafted: Parameters<typeof moment>[0] }): Happening => ({
    ...moment(proposal.drafted),
    happen: async () => {
      await draftIn(client, proposal, 2, moment(proposal.drafted).at)
      return entry('proposal.drafted', proposal.number, 1, words(proposal), own(proposal.by))
    },
  })
  const { open } = story
  const bare = Object.fromEntries(Object.entries(words(open)).map(([field, { to }]) => [field, { from: null, to }]))
  return [
    drafted(open),
    {
      ...moment(open.opened),
      happen: async () => {
        await openIn(client, open, 2, moment(open.opened).at)
        return entry('proposal.opened', open.number, 2, bare, own(open.by))
      },
    },
    ...open.answers.map((said, index) => ({
      ...moment(said),
      happen: async () => {
        const { position, reason } = said
        await answerIn(client, open, 3 + index, { ...said, at: moment(said).at })
        const changes = {
          position: { from: null, to: position },
          ...(reason !== null && { reason: { from: null, to: { text: reason } } }),
        }
        return entry('proposal.answered', open.number, 3 + index, changes, others)
      },
    })),
    drafted(story.draft),
    ...story.comments.map((said) => ({
      ...moment(said),
      happen: async () => {
        const { by, at: writtenAt } = moment(said)
        const id = commentId(CLAUSES + said.on, said.n)
        await client.query(
          `insert into comment (id, collaboration_id, clause_id, party_id, author_id, audience, text, written_at) values ($1, $2, $3, $4, $5, $6, $7, $8)`,
          [id, collaborationId, clauseId(said.on), party(by.party).id, by.id, said.audience, said.text, writtenAt],
        )
        return {
          kind: 'comment.written',
          subjectType: 'Comment',
          subjectId: id,
          version: 1,
          changes: { text: { from: null, to: { text: said.text } } },
          formerReaders: said.audience === 'OWN' ? [party(by.party).id] : others,
        }
      },
    })),
  ]
}

/** Comments on clauses are numbered past all tasks. */
const CLAUSES = 100_000
