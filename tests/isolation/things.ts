import { withClient } from '@samsyn/prisma/engine/databases'
import type { Cast } from './cast.ts'
import type { PartyKey } from './ledger.ts'

/**
 * Guards: the suite does not believe the server about who may read what.
 *
 * Everything that has an id, with the parties that may know of it, from what was done: who owns, what was shared with whom
 * and when, in whose stream an entry stands. Neither the `readers` columns nor the server's code is asked.
 */
export interface Thing {
  readonly type: string
  readonly id: string
  readonly owner: PartyKey
  readonly seenBy: ReadonlySet<PartyKey>
  /** Whose alone it is, also within the party. */
  readonly member: string | undefined
}

/** Whether the party could read the task at that time. */
const couldRead = (task: string, party: string, time: string) => `(
  ${task}.collaboration_id = ${party}.collaboration_id and (${task}.party_id = ${party}.id or exists (
    select from journal_entry entry where entry.kind = 'task.shared' and entry.subject_id = ${task}.id and entry.at <= ${time}
      and (entry.changes #> '{sharedWith,to}' ? ${party}.id::text
        or (entry.changes #>> '{audience,to}' = 'JOINT' and ${party}.role <> 'GUEST')))))`

/** An answer is for those who could read what it answers, at its time. */
const said = `coalesce((select answered.written_at from comment answered where answered.id = comment.answers_id), comment.written_at)`
const joint = `comment.audience = 'AS_PARENT' and not exists (
  select from comment answered where answered.id = comment.answers_id and answered.audience = 'OWN')`
const mayRead = `(comment.party_id = party.id or (${joint} and ${couldRead('task', 'party', said)}))`

const QUERY = `
  select 'Collaboration' as type, collaboration.id, null::uuid as owner, party.id as reader, null::uuid as member from collaboration join party on party.collaboration_id = collaboration.id
  union all select 'Organisation', mine.organisation_id, null, party.id, null from party mine join party using (collaboration_id)
  union all select 'Party', mine.id, mine.id, party.id, null from party mine join party using (collaboration_id)
  union all select 'Member', member.id, member.party_id, party.id, null from member join party using (collaboration_id)
  union all select 'Mandate', mandate.id, member.party_id, party.id, null from mandate join member on member.id = mandate.member_id join party using (collaboration_id)
  union all select 'Person', person.id, seat.party_id, seat.party_id, null from person left join member seat on seat.person_id = person.id and seat.removed_at is null
  union all select 'Task', task.id, task.party_id, party.id, null from task join party on ${couldRead('task', 'party', 'now()')}
  union all select 'Comment', comment.id, comment.party_id, party.id, null from comment join task on task.id = comment.task_id join party on ${mayRead}
  union all select 'Comment', comment.id, comment.party_id, party.id, null from comment join party using (collaboration_id)
    where comment.clause_id is not null and (comment.party_id = party.id or (${joint} and party.role <> 'GUEST'))
  union all select 'Agreement', agreement.id, null, party.id, null from agreement join party using (collaboration_id) where party.role <> 'GUEST'
  union all select 'Clause', clause.id, null, party.id, null from clause join party using (collaboration_id) where party.role <> 'GUEST'
  union all select 'AgreementVersion', version.id, null, party.id, null from agreement_version version join party using (collaboration_id) where party.role <> 'GUEST'
  union all select 'Signature', signature.id, signature.party_id, party.id, null from signature join party using (collaboration_id) where party.role <> 'GUEST'
  union all select 'Answer', answer.id, answer.party_id, party.id, null from answer join party using (collaboration_id) where party.role <> 'GUEST'
  union all select 'Proposal', proposal.id, proposal.party_id, party.id, null from proposal join party using (collaboration_id)
    where proposal.party_id = party.id or (party.role <> 'GUEST' and exists (
      select from journal_entry entry where entry.kind = 'proposal.opened' and entry.subject_id = proposal.id))
  union all select 'ApiKey', id, party_id, party_id, null from api_key
  union all select 'CalendarLink', id, party_id, party_id, null from calendar_link
  union all select 'Webhook', id, party_id, party_id, null from webhook
  union all select 'Upload', id, party_id, party_id, null from upload
  union all select 'File', file.id, file.party_id, party.id, null from file join task on task.id = file.task_id
    join party on ${couldRead('task', 'party', 'coalesce(file.removed_at, now())')}
  union all select 'File', file.id, file.party_id, party.id, null from file join comment on comment.id = file.comment_id join task on task.id = comment.task_id
    join party on ${mayRead}
  union all select 'File', file.id, file.party_id, party.id, null from file join party using (collaboration_id)
    where file.agreement_version_id is not null and party.role <> 'GUEST'
  union all select 'Entry', stream_entry.entry_id, entry.party_id, party.id, null
    from stream_entry join journal_entry entry on entry.id = stream_entry.entry_id join party on party.id = stream_entry.stream_id
  union all select 'Notification', notification.id, member.party_id, member.party_id, member.id
    from notification join member on member.id = notification.member_id
  union all select 'NotificationSettings', settings.id, member.party_id, member.party_id, member.id
    from notification_settings settings join member on member.id = settings.member_id
  union all select 'PushBrowser', browser.id, member.party_id, member.party_id, member.id
    from push_browser browser join member on member.id = browser.member_id
  union all select 'Entry', stream_entry.entry_id, member.party_id, member.party_id, member.id
    from stream_entry join member on member.id = stream_entry.stream_id`

interface Row {
  readonly type: string
  readonly id: string
  readonly owner: string | null
  readonly reader: string | null
  readonly member: string | null
}

export const findThings = async (ownerUrl: string, { parties }: Cast): Promise<Thing[]> => {
  const keys = new Map([...parties.values()].map(({ id, key }) => [id, key]))
  const { rows } = await withClient(ownerUrl, (client) => client.query<Row>(QUERY))
  const things = new Map<string, Thing & { seenBy: Set<PartyKey> }>()
  for (const { type, id, owner, reader, member } of rows) {
    const thing = things.get(`${type} ${id}`) ?? {
      type,
      id,
      owner: keys.get(owner ?? '') ?? '',
      seenBy: new Set<PartyKey>(),
      member: member ?? undefined,
    }
    const key = keys.get(reader ?? '')
    if (key !== undefined) thing.seenBy.add(key)
    things.set(`${type} ${id}`, thing)
  }
  return [...things.values()]
}

/** What each party ought to be able to count. */
export interface Counts {
  readonly tasks: number
  readonly archived: number
  readonly members: number
  readonly seated: number
  /** By task: all comments, and those not withdrawn. */
  readonly comments: ReadonlyMap<string, { readonly all: number; readonly standing: number }>
}

export const count = async (ownerUrl: string, { parties }: Cast, key: PartyKey): Promise<Counts> => {
  const party = parties.get(key)
  return withClient(ownerUrl, async (client) => {
    const tasks = await client.query<{ id: string; archived: boolean; all: string; standing: string }>(
      `select task.id, task.archived_at is not null as archived,
         count(comment.id) filter (where ${mayRead}) as all, count(comment.id) filter (where ${mayRead} and comment.withdrawn_at is null) as standing
       from party join task on ${couldRead('task', 'party', 'now()')} left join comment on comment.task_id = task.id
       where party.id = $1 group by task.id`,
      [party?.id],
    )
    const members = await client.query<{ all: string; seated: string }>(
      'select count(*) as all, count(*) filter (where removed_at is null) as seated from member where collaboration_id = $1',
      [party?.collaboration],
    )
    return {
      tasks: tasks.rows.filter(({ archived }) => !archived).length,
      archived: tasks.rows.filter(({ archived }) => archived).length,
      members: Number(members.rows[0]?.all),
      seated: Number(members.rows[0]?.seated),
      comments: new Map(tasks.rows.map(({ id, all, standing }) => [id, { all: Number(all), standing: Number(standing) }])),
    }
  })
}
