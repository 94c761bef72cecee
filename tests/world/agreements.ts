import { mint, type Actor } from './actor.ts'
import { act, does, type Done } from './acts.ts'
import type { World } from './world.ts'

// The way to a text that holds, for those who are on their way somewhere else.

/** The signatories' coordinators, who hold both mandates, in seat order. */
export const signatoriesOf = async (world: World): Promise<Actor[]> => {
  const found: Actor[] = []
  for (const party of ['Sunne', 'Torsby', 'Hagfors', 'Munkfors', 'Polisen'] as const) found.push(await world.as(party))
  return found
}

/** Global id of the clause with that number in the latest version. */
export const clauseOf = async (actor: Actor, number: string): Promise<string> => {
  const { collaboration } = await actor.query<{ collaboration: { agreement: { clauses: { id: string; number: string }[] } } }>(
    '{ collaboration { agreement { clauses { id number } } } }',
  )
  const found = collaboration.agreement.clauses.find((clause) => clause.number === number)
  if (!found) throw new Error(`no clause ${number}`)
  return found.id
}

/** A draft that would reword a clause. */
export const draftProposal = async (actor: Actor, number = '1'): Promise<Done['subject']> => {
  const changes = [{ kind: 'CHANGE', clause: await clauseOf(actor, number), text: `Omskrivet av ${actor.seat.name}, ${mint()}.` }]
  return (await does(actor, 'draftProposal', { id: mint(), title: 'Ny lydelse', reason: 'Tydligare så.', changes })).subject
}

/** One that has been put before the others. */
export const openProposal = async (actor: Actor, number = '1'): Promise<string> => {
  const { id } = await draftProposal(actor, number)
  await does(actor, 'openProposal', { id })
  return id
}

/** A version that awaits everybody's signature. */
export const awaitingVersion = async (signatories: readonly Actor[]): Promise<{ id: string; hash: string }> => {
  const [proposer] = signatories
  if (!proposer) throw new Error('nobody to propose')
  const id = await openProposal(proposer)
  for (const actor of signatories) await act(actor, 'answerProposal', { id, position: 'YES' })
  const { collaboration } = await proposer.query<{ collaboration: { agreement: { latest: { id: string; hash: string } } } }>(
    '{ collaboration { agreement { latest { id hash } } } }',
  )
  return collaboration.agreement.latest
}
