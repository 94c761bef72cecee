import { readable } from '../access/reads.ts'
import type { Actor } from '../access/viewer.ts'
import type { Transaction } from '../data/database.ts'

/** What a notification belongs to, by which it can be muted: a task, a clause of the agreement, or a proposal. */
export interface ThreadId {
  readonly kind: 'task' | 'clause' | 'proposal'
  readonly id: string
}

/**
 * Guards: what an entry gave rise to does not depend on when the reader came to it.
 *
 * A thread is told from the party's stream up to the entry and not from how things stand now: whoever was given the task
 * after a remark is not told of the remark, however late the reader is.
 */
export interface Thread {
  /** Whether the party knew of it before the entry. */
  readonly known: boolean
  /** Those who followed it then: who wrote it, who did it, who had said, answered or signed something. */
  readonly followers: ReadonlySet<string>
}

/** Whoever does one of these follows the thread from then on. */
const FOLLOWING = [
  'task.created',
  'comment.written',
  'proposal.drafted',
  'proposal.edited',
  'proposal.opened',
  'proposal.answered',
  'version.signed',
]

interface Event {
  readonly thread_id: string
  readonly seq: bigint
  readonly kind: string
  readonly actor_id: string | null
  /** The list after the entry, where it changed. */
  readonly assignees: string[] | null
}

/** Reads these threads once; asked for one as it was before a place in the stream. */
export const readThreads = async (
  transaction: Transaction,
  streamId: string,
  threads: readonly ThreadId[],
): Promise<(thread: ThreadId, before: bigint) => Thread> => {
  const ids = [...new Set(threads.map(({ id }) => id))]
  const events =
    ids.length === 0
      ? []
      : await transaction.$queryRaw<Event[]>`
    select thread_id, stream_entry.seq, entry.kind, entry.actor_id,
      case when entry.changes ? 'assignees' then array(select jsonb_array_elements_text(entry.changes #> '{assignees,to}')) end as assignees
    from (
      select id as thread_id, id as subject_id from unnest(${ids}::uuid[]) as id
      union all select coalesce(task_id, clause_id), id from comment
        where task_id = any (${ids}::uuid[]) or clause_id = any (${ids}::uuid[])
      union all select proposal_id, id from agreement_version where proposal_id = any (${ids}::uuid[])
    ) as part
    join journal_entry entry on entry.subject_id = part.subject_id
      and (entry.kind = any (${FOLLOWING}) or entry.kind in ('task.assigned', 'task.shared'))
    join stream_entry on stream_entry.entry_id = entry.id and stream_entry.stream_id = ${streamId}::uuid
    order by stream_entry.seq`
  return (thread, before) => {
    const earlier = events.filter((event) => event.thread_id === thread.id && event.seq < before)
    const lasting = earlier.filter(({ kind }) => FOLLOWING.includes(kind))
    const doing = earlier.findLast(({ assignees }) => assignees !== null)?.assignees ?? []
    const followers = new Set([...lasting.map(({ actor_id }) => actor_id), ...doing].filter((id) => id !== null))
    return { known: earlier.length > 0, followers }
  }
}

/**
 * Which thread each of these belongs to: what talks about something belongs to that, a version to the proposal that it came
 * of. What the reader can't read belongs to none, and a version that was planted doesn't either.
 */
export const threadsOf = async (
  transaction: Transaction,
  reader: Actor,
  subjects: readonly { readonly subjectType: string; readonly subjectId: string }[],
): Promise<ReadonlyMap<string, ThreadId>> => {
  const idsOf = (type: string) => subjects.filter(({ subjectType }) => subjectType === type).map(({ subjectId }) => subjectId)
  const among = (type: string) => ({ AND: [{ id: { in: idsOf(type) } }, readable(reader)] })
  const comments = await transaction.comment.findMany({
    where: among('Comment'),
    select: { id: true, taskId: true, clauseId: true },
  })
  const versions = await transaction.agreementVersion.findMany({
    where: among('AgreementVersion'),
    select: { id: true, proposalId: true },
  })
  const threads = new Map<string, ThreadId>()
  for (const id of idsOf('Task')) threads.set(id, { kind: 'task', id })
  for (const id of idsOf('Proposal')) threads.set(id, { kind: 'proposal', id })
  for (const { id, taskId, clauseId } of comments) {
    if (taskId !== null) threads.set(id, { kind: 'task', id: taskId })
    if (clauseId !== null) threads.set(id, { kind: 'clause', id: clauseId })
  }
  for (const { id, proposalId } of versions) if (proposalId !== null) threads.set(id, { kind: 'proposal', id: proposalId })
  return threads
}
