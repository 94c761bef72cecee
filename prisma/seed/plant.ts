import { generateKeyBetween } from 'fractional-indexing'
import pg from 'pg'
import { today } from './calendar.ts'
import { commentId, taskId } from './ids.ts'
import { pilot } from './pilot.ts'
import { replay, type Step } from './replay.ts'
import { agreementHappenings, clauseId, plantAgreement } from './plantAgreement.ts'
import { at, commentEntry, joinedEntry, member, party, taskColumns, taskEntry, type Calendar, type Entry } from './rows.ts'
import type { StoryMember } from './story.ts'

// Writes the pilot into a migrated database, as its owner, in one transaction: all of it or nothing. The journal is not
// faked: every event is sealed by the same trigger as everybody's, only its time is set, which the owner alone may do.
//
// Never on a database with real content. A database that holds the pilot is left as it is, whatever has been done in it
// since; a database that holds anything else is refused.

type TaskStep = Step & { subject: 'Task' }
type CommentStep = Step & { subject: 'Comment' }

export type Planted = 'planted' | 'already there'

/** The database holds something that is not the pilot. */
export class RealContent extends Error {
  constructor(table: string) {
    super(`The pilot is planted only in an empty database, and this one has rows in "${table}".`)
    this.name = 'RealContent'
  }
}

/** What a database without content has no row in. */
const contentTables = [
  'collaboration',
  'organisation',
  'party',
  'person',
  'member',
  'task',
  'comment',
  'journal_entry',
  'credential',
]

export async function plant(ownerUrl: string, { now }: { now: Date }): Promise<Planted> {
  const client = new pg.Client({ connectionString: ownerUrl })
  await client.connect()
  try {
    await client.query('begin')
    const planted = await plantIn(client, now)
    await client.query('commit')
    return planted
  } finally {
    // Without a commit the end of the connection rolls back.
    await client.end()
  }
}

async function plantIn(client: pg.Client, now: Date): Promise<Planted> {
  // Two starts at once: the second waits here and then finds the pilot.
  await client.query(`select pg_advisory_xact_lock(hashtext('samsyn pilot'))`)
  const collaborations = await client.query<{ id: string }>('select id from collaboration')
  if (collaborations.rows.some(({ id }) => id === pilot.collaboration.id)) return 'already there'
  for (const table of contentTables) {
    const found = await client.query(`select from ${client.escapeIdentifier(table)} limit 1`)
    if (found.rows.length > 0) throw new RealContent(table)
  }

  const calendar = { today: today(now, pilot.collaboration.timeZone), timeZone: pilot.collaboration.timeZone }
  await seatParties(client, calendar)
  await plantAgreement(client)
  // Sealed at the end of each statement instead of at COMMIT, each with a time of its own.
  await client.query('set constraints seal immediate')
  const happenings = [
    ...pilot.members.map((who) => ({
      at: joinedAt(who, calendar),
      happen: () => record(client, joinedAt(who, calendar), who, joinedEntry(who)),
    })),
    ...steps(client, calendar),
    ...agreementHappenings(client, calendar).map(({ at: time, by, happen }) => ({
      at: time,
      happen: async () => record(client, time, by, await happen()),
    })),
  ]
  for (const { happen } of happenings.toSorted((a, b) => a.at.getTime() - b.at.getTime())) await happen()
  // The inboxes begin with the last two weeks: nobody comes to half a year of news.
  await client.query(
    `update inbox_cursor set seq = coalesce((select max(stream_entry.seq) from stream_entry join journal_entry entry on entry.id = entry_id
       where stream_entry.stream_id = inbox_cursor.stream_id and entry.at < $1), 0)`,
    [new Date(now.getTime() - 14 * 86_400_000)],
  )
  await client.query('insert into demo (id, collaboration_id, seeded_at) values (1, $1, $2)', [pilot.collaboration.id, now])
  return 'planted'
}

const joinedAt = (who: StoryMember, calendar: Calendar): Date => at(calendar, who.joined, '07:00')

async function seatParties(client: pg.Client, calendar: Calendar): Promise<void> {
  const opened = at(calendar, Math.min(...pilot.members.map(({ invited }) => invited)) - 1, '13:00')
  const { id, slug, name, purpose, timeZone } = pilot.collaboration
  await client.query(
    `insert into collaboration (id, slug, name, purpose, time_zone, created_at, readers) values ($1, $2, $3, $4, $5, $6, '{}')`,
    [id, slug, name, purpose, timeZone, opened],
  )
  for (const { organisation: seated, ...seat } of pilot.parties) {
    await client.query(`insert into organisation (id, name, kind, municipality_code, readers) values ($1, $2, $3, $4, '{}')`, [
      seated.id,
      seated.name,
      seated.kind,
      seated.municipalityCode ?? null,
    ])
    await client.query(
      `insert into party (id, collaboration_id, organisation_id, name, mark, ordinal, role, admitted_at, readers)
       values ($1, $2, $3, $4, $5, $6, $7, $8, '{}')`,
      [seat.id, id, seated.id, seat.name, seat.key, seat.ordinal, seat.role, opened],
    )
  }
  for (const who of pilot.members) {
    const invited = at(calendar, who.invited, '15:00')
    await client.query(`insert into person (id, email, name, created_at, readers) values ($1, $2, $3, $4, '{}')`, [
      who.personId,
      who.email,
      who.name,
      invited,
    ])
    await client.query(
      `insert into member (id, collaboration_id, party_id, person_id, name, title, roles, version, invited_at, joined_at)
       values ($1, $2, $3, $4, $5, $6, $7::"MemberRole"[], 2, $8, $9)`,
      [who.id, id, party(who.party).id, who.personId, who.name, who.title, who.roles, invited, joinedAt(who, calendar)],
    )
    for (const mandate of who.mandates) {
      await client.query('insert into mandate (id, member_id, kind, valid_from) values ($1, $2, $3, $4)', [
        mandate.id,
        who.id,
        mandate.kind,
        mandate.validFrom,
      ])
    }
  }
}

/** The story's steps as acts on the database, to be done in this order. */
function steps(client: pg.Client, calendar: Calendar): { at: Date; happen: () => Promise<void> }[] {
  const place = columns()
  return replay(pilot).steps.map((step) => {
    const time = at(calendar, step.event.day, step.event.time)
    const actor = member(step.event.by)
    if (step.subject === 'Comment') {
      const happen = async () => {
        await writeComment(client, step, time)
        await record(client, time, actor, commentEntry(step))
      }
      return { at: time, happen }
    }
    const position = place(step)
    const happen = async () => {
      await writeTask(client, step, time, calendar, position.to)
      await record(client, time, actor, taskEntry(step, calendar, position))
    }
    return { at: time, happen }
  })
}

/** A created task goes last among the given, a moved one first in its new column. */
function columns(): (step: TaskStep) => { from: string | null; to: string } {
  const bounds = new Map<string, { first: string; last: string }>()
  const positions = new Map<number, string>()
  return ({ event, task, after }) => {
    const from = positions.get(task.number) ?? null
    const column = bounds.get(after.state)
    let to = from
    if (event.did === 'created') to = generateKeyBetween(column?.last ?? null, null)
    if (event.did === 'moved') to = generateKeyBetween(null, column?.first ?? null)
    if (to === null) throw new Error(`task ${task.number} has no place`)
    if (to !== from) {
      positions.set(task.number, to)
      bounds.set(after.state, {
        first: event.did === 'moved' ? to : (column?.first ?? to),
        last: event.did === 'created' ? to : (column?.last ?? to),
      })
    }
    return { from, to }
  }
}

async function writeTask(client: pg.Client, step: TaskStep, time: Date, calendar: Calendar, position: string): Promise<void> {
  const { title, description, state, dueOn, responsible, assignees, audience, sharedWith } = taskColumns(step.after, calendar)
  const columns = [taskId(step.task.number), title, description, state, position, dueOn, responsible, assignees, time]
  if (step.event.did === 'created') {
    await client.query(
      `insert into task (id, title, description, state, position, due_on, responsible, assignees, created_at, updated_at,
                         collaboration_id, party_id, created_by_id, clause_id)
       values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $9, $10, $11, $12, $13)`,
      [
        ...columns,
        pilot.collaboration.id,
        party(step.task.party).id,
        member(step.event.by).id,
        step.task.clause === undefined ? null : clauseId(step.task.clause),
      ],
    )
    return
  }
  await client.query(
    `update task set title = $2, description = $3, state = $4, position = $5, due_on = $6, responsible = $7, assignees = $8, updated_at = $9,
                     audience = $10, shared_with = $11, version = $12, archived_at = case when $13 then coalesce(archived_at, $9) end
     where id = $1`,
    [...columns, audience, sharedWith, step.after.version, step.after.archived],
  )
}

async function writeComment(client: pg.Client, { task, event, after }: CommentStep, time: Date): Promise<void> {
  const id = commentId(task.number, after.n)
  if (event.did === 'commented') {
    const author = member(event.by)
    await client.query(
      `insert into comment (id, collaboration_id, task_id, party_id, author_id, audience, text, written_at)
       values ($1, $2, $3, $4, $5, $6, $7, $8)`,
      [id, pilot.collaboration.id, taskId(task.number), party(author.party).id, author.id, after.audience, after.text, time],
    )
    return
  }
  const moment = after.withdrawn ? 'withdrawn_at' : 'edited_at'
  await client.query(`update comment set text = $2, version = $3, ${moment} = $4 where id = $1`, [
    id,
    after.text,
    after.version,
    time,
  ])
}

async function record(client: pg.Client, time: Date, actor: StoryMember, entry: Entry): Promise<void> {
  await client.query(`select set_config('app.journal_time', $1, true)`, [time.toISOString()])
  await client.query(
    `insert into journal_intent (kind, collaboration_id, actor_id, party_id, subject_type, subject_id, subject_version, changes, former_readers)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9)`,
    [
      entry.kind,
      pilot.collaboration.id,
      actor.id,
      party(actor.party).id,
      entry.subjectType,
      entry.subjectId,
      entry.version,
      JSON.stringify(entry.changes),
      entry.formerReaders,
    ],
  )
}
