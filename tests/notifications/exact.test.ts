import { afterAll, expect, test } from 'vitest'
import { notifications as inbox } from '../../client/src/lib/language/sv/notifications.ts'
import { chanceFrom, SEED } from '../realtime/chance.ts'
import { expectChains } from '../realtime/chain.ts'
import { Lives } from '../realtime/lives.ts'
import { accept, partiesOf } from '../realtime/newcomers.ts'
import { mint, uuidOf, type Actor } from '../world/actor.ts'
import { act, type Done, does as invite, type Input, type Verb } from '../world/acts.ts'
import { clauseOf } from '../world/agreements.ts'
import { eventually } from '../world/eventually.ts'
import type { ServerProcess } from '../world/serverProcess.ts'
import { PostOffice } from '../world/postOffice.ts'
import { openWorld } from '../world/world.ts'
import { EVERYTHING } from '../webhooks/hooks.ts'
import { caughtUp, daysExpected, daysPresent, expected, heads, present } from './expected.ts'
import { allSent, leaks, owed, wishAtRandom } from './letters.ts'

// Whoever ought to be told is told, once, and nobody else: under changes of every sort by everybody, with two servers at work on
// the same streams and one of them killed in the middle of it, again and again. In the inbox once; by mail, for the reasons that each has
// chosen, at least once, and nothing else. Sampled; with PROVE thousands.

const PROVE = process.env['PROVE'] !== undefined
const CHANGES = PROVE ? 5_000 : 120
const DEATHS = PROVE ? 20 : 2
/** With the pilot's thirteen, thirty. */
const NEWCOMERS = 17
const PATIENCE_MS = PROVE ? 3_600_000 : 600_000

const office = await PostOffice.open()
const world = await openWorld({ env: office.settings })
afterAll(async () => {
  await world.close()
  await office.close()
})
const chance = chanceFrom(SEED)
const PARTIES = ['Sunne', 'Torsby', 'Hagfors', 'Munkfors', 'Polisen', 'Region Värmland'] as const

/** One more of the coordinator's party, who takes the seat at once. */
const joins = async (coordinator: Actor | undefined, index: number, server: ServerProcess): Promise<Actor> => {
  if (!coordinator) throw new Error('nobody to invite')
  const person = {
    name: `Nykomling ${index}`,
    title: 'Handläggare',
    email: `nykomling${index}@hem.example`,
    roles: ['CONTRIBUTOR'],
  }
  const { invitationUrl } = await invite(coordinator, 'inviteMember', { id: mint(), ...person })
  return accept(server, invitationUrl ?? '', coordinator.seat.slug)
}

test(
  'expected is present, none twice, none without access, whoever dies meanwhile',
  async () => {
    const other = await world.anotherServer()
    const pilot = await Promise.all(
      PARTIES.flatMap((party) => (['COORDINATOR', 'CONTRIBUTOR'] as const).map((role) => world.as(party, role, other))),
    )
    const newcomers = await Promise.all(
      Array.from({ length: NEWCOMERS }, (_, index) => joins(pilot[(index * 2) % 12], index, other)),
    )
    const writers = [...pilot, ...newcomers]
    const cast = [...(await world.cast()), ...newcomers.map(({ seat }) => seat)]
    await eventually('the inboxes of the pilot are there', () => caughtUp(world), 30_000)
    await wishAtRandom(world, () => chance.oneIn(2))
    const since = await heads(world)
    const partyId = await partiesOf(writers[0] ?? (await world.as('Torsby')))

    const tasks: { id: string; version: number; owner: Actor; readers: readonly string[] }[] = []
    const members = (parties: readonly string[]) =>
      cast.filter(({ party }) => parties.includes(party)).map(({ memberId }) => memberId)
    const day = (days: number) =>
      new Intl.DateTimeFormat('sv-SE', { timeZone: 'Europe/Stockholm' }).format(new Date(Date.now() + days * 86_400_000))
    const someone = (parties: readonly string[]) => btoa(`Member:${chance.of(members(parties))}`)
    const words = (parties: readonly string[]) =>
      chance.of([
        'Så här tänker vi.',
        `Vad säger du, @[Du](member:${chance.of(members(parties))})?`,
        `Kan @[Ni](party:${uuidOf(partyId(chance.of(parties)))}) titta på det?`,
      ])
    const clause = await clauseOf(writers[0] ?? (await world.as('Sunne')), '1')
    const acknowledged = { count: 0 }
    let turn = 0
    const does = async (actor: Actor, verb: Verb, input: Input) => {
      const outcome = await act(actor, verb, { ...input, idempotencyKey: mint() })
      const subject = outcome['task'] ?? outcome['comment'] ?? outcome['proposal'] ?? outcome['agreementVersion']
      if (subject) acknowledged.count += 1
      return subject as Done['subject'] | undefined
    }
    const signatories = writers.filter(({ seat }) => seat.party !== 'Region Värmland')
    const leading = signatories.filter(({ seat }) => seat.roles.includes('COORDINATOR'))
    // A webhook whose key has ended is stopped by whoever comes to it first, whoever of them dies meanwhile.
    const administrator = leading.find(({ seat }) => seat.roles.includes('ADMIN'))
    if (!administrator) throw new Error('nobody looks after anything')
    const key = (await invite(administrator, 'makeKey', { id: mint(), name: 'Diariets' })).subject.id
    const hook = { id: mint(), name: 'Diariet', url: 'https://diariet.example/hook', document: EVERYTHING, key }
    await invite(administrator, 'makeWebhook', hook)
    await invite(administrator, 'revokeKey', { id: key })
    let proposal: Done['subject'] | undefined
    let version: Done['subject'] | undefined
    let decided = 0
    /** The next step of the agreement: somebody proposes, the others answer, and what they agree to is signed by all. */
    const agree = async (): Promise<void> => {
      if (version?.['state'] === 'AWAITING_SIGNATURES') {
        const [next] = version['awaiting'] as { name: string }[]
        const signer = leading.find(({ seat }) => seat.party === next?.name)
        if (signer) version = await does(signer, 'signVersion', { id: version.id, hash: version['hash'] })
      } else if (proposal?.['state'] === 'OPEN') {
        const [next] = proposal['awaiting'] as { name: string }[]
        const voter = leading.find(({ seat }) => seat.party === next?.name)
        const against = decided % 2 === 1 && chance.oneIn(4)
        const answer = { position: against ? 'NO' : 'YES', reason: words(PARTIES.slice(0, 5)) }
        if (voter) proposal = await does(voter, 'answerProposal', { id: proposal.id, ...answer })
        if (proposal?.['state'] !== 'OPEN') decided += 1
        version = (proposal?.['result'] ?? undefined) as Done['subject'] | undefined
      } else {
        const author = chance.of(signatories)
        const changes = [{ kind: 'ADD', clause: mint(), heading: 'Ny punkt', text: words(PARTIES.slice(0, 5)) }]
        const reason = words(PARTIES.slice(0, 5))
        const draft = await does(author, 'draftProposal', { id: mint(), title: 'Tillägg', reason, changes })
        const opener = leading.find(({ seat }) => seat.party === author.seat.party)
        if (draft && opener) proposal = await does(opener, 'openProposal', { id: draft.id })
      }
    }
    /** One change of any sort, by anybody who may. */
    const change = async (): Promise<void> => {
      turn += 1
      if (turn % 6 === 0) return agree()
      if (turn % 10 === 1) {
        const about = { clause, audience: chance.oneIn(3) ? 'OWN' : 'AS_PARENT' }
        await does(chance.of(writers), 'writeComment', { id: mint(), text: words(PARTIES), ...about })
        return
      }
      const task = tasks.length > 2 ? chance.of(tasks.slice(-12)) : undefined
      const readers = task?.readers ?? []
      const reader = task && chance.of(writers.filter(({ seat }) => readers.includes(seat.party)))
      if (!task || !reader || chance.oneIn(6)) {
        const owner = chance.of(writers)
        const { party } = owner.seat
        const assignees = chance.oneIn(2) ? [someone([party])] : []
        const task = {
          id: mint(),
          title: 'Trygg väg hem',
          description: words([party]),
          assignees,
          dueOn: day(chance.of([-9, -7, -1, 0, 1, 2])),
        }
        const made = await does(owner, 'createTask', { ...task, responsible: [partyId(party)] })
        if (made) tasks.push({ ...made, owner, readers: [party] })
        return
      }
      if (chance.oneIn(4)) {
        const coordinator = writers.find(({ seat }) => seat.party === task.owner.seat.party && seat.roles.includes('COORDINATOR'))
        const joint = chance.oneIn(2)
        const named = joint ? [] : [chance.of(PARTIES.filter((party) => party !== task.owner.seat.party))]
        const input = { id: task.id, audience: joint ? 'JOINT' : 'SHARED', with: named.map(partyId) }
        const shared = coordinator && (await does(coordinator, 'shareTask', input))
        if (shared) Object.assign(task, shared, { readers: joint ? PARTIES : [...new Set([...readers, ...named])] })
        return
      }
      if (chance.oneIn(3)) {
        const people = { assignees: [someone(readers)], responsible: [partyId(chance.of(readers))] }
        const given = await does(reader, 'assignTask', { id: task.id, baseVersion: task.version, ...people })
        if (given) task.version = given.version
        return
      }
      const audience = chance.oneIn(4) ? 'OWN' : 'AS_PARENT'
      await does(reader, 'writeComment', { id: mint(), task: task.id, text: words(readers), audience })
    }

    const lives = new Lives(world.server)
    const dying = (async () => {
      for (let death = 1; death <= DEATHS; death += 1) {
        await eventually('there is more to do', () => acknowledged.count >= (CHANGES * death) / (DEATHS + 1), 300_000)
        await lives.end()
      }
    })()
    while (acknowledged.count < CHANGES) await Promise.all([change(), change(), change()])
    await dying
    // The other one dies too, with all that it had taken on; whoever starts comes to the rest.
    await other.kill()
    const sending = () => world.sql(`select from webhook where state <> 'STOPPED'`)
    await eventually('the webhook has been stopped', async () => (await sending()).length === 0, 60_000)
    await eventually('the reader has caught up', () => caughtUp(world), 30_000)

    const [ought, is] = [await expected(world, since), await present(world, since)]
    expect(is).toEqual(ought)
    expect(new Set(is).size).toBe(is.length)
    // Days come of no entry: whoever starts looks at them at once, and finds whom they concern as all now is.
    await world.anotherServer()
    const days = await daysExpected(world)
    await eventually('the days are told', async () => (await daysPresent(world, days)).length === days.length, 30_000)
    const reasons = new Set([...is, ...days].map((told) => told.split(' ')[2]))
    expect([...reasons].toSorted()).toEqual(Object.keys(inbox.reason).toSorted())
    const without = await world.sql(
      `select from notification join member on member.id = member_id left join task on task.id = task_id
     left join comment on comment.id = subject_id left join proposal on proposal.id = proposal_id
     left join agreement_version version on version.id = subject_id left join webhook on webhook.id = subject_id
     where not member.party_id = any (coalesce(comment.readers, version.readers, task.readers, proposal.readers, webhook.readers))`,
    )
    expect(without).toHaveLength(0)
    // Each is told in its member's own stream, once, and in no other.
    const streams = await world.sql<{ wrong: boolean }>(
      `select (count(stream_id) <> 1 or bool_or(stream_id <> member_id)) as wrong from notification
     left join journal_entry entry on entry.subject_id = notification.id and entry.kind = 'notification.made'
     left join stream_entry on stream_entry.entry_id = entry.id group by notification.id`,
    )
    expect(streams.filter(({ wrong }) => wrong)).toHaveLength(0)
    await expectChains(world)

    // Those that the dead had in hand are missed when they have been silent for a while, which is not waited for.
    await world.sql(`update jobs.job set heartbeat_on = now() - interval '1 hour' where state = 'active'`)
    await allSent(world, 60_000)
    const { expected: letters, earlier } = await owed(world, since)
    const came = office.arrived.map(({ to, id }) => `${to} ${id}`)
    const arrived = [...new Set(came)].filter((one) => !earlier.has(one)).toSorted()
    expect(arrived).toEqual(letters)
    expect(await leaks(world, office.arrived)).toEqual([])
    console.log(
      `by mail: ${letters.length} letters expected, ${arrived.length} came, ${came.length - new Set(came).size} of them once more; none unexpected, none to somebody who may not read what it leads to`,
    )
    console.log(
      `${acknowledged.count} changes by ${writers.length} of ${cast.length} members, two servers, ${lives.deaths + 1} killed: ${ought.length} notifications expected, ${is.length} present, ${is.length - new Set(is).size} twice, ${without.length} without access (SEED=${SEED})`,
    )
  },
  PATIENCE_MS,
)
