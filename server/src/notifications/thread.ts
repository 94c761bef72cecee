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

interface Event {
  readonly thread_id: string
  readonly seq: bigint
  /** The list after the entry, where it changed. */
  readonly assignees: string[] | null
}

/** Reads these threads once; asked for one as it was before a place in the stream, as far as the inbox's cursor has come. */
export const readThreads = async (
  transaction: Transaction,
  streamId: string,
  threads: readonly ThreadId[],
): Promise<(thread: ThreadId, before: bigint) => Thread> => {
  const ids = [...new Set(threads.map(({ id }) => id))]
  if (ids.length === 0) return () => ({ known: false, followers: new Set() })
  const lasting = await transaction.threadFollower.findMany({ where: { streamId, threadId: { in: ids } } })
  // What has been archived came before everything that is still here.
  const archived = await transaction.archivedThread.findMany({ where: { streamId, threadId: { in: ids } } })
  // Who does a task changes, so that is told entry by entry; how much is said about it makes no difference.
  const events = await transaction.$queryRaw<Event[]>`
    select entry.subject_id as thread_id, stream_entry.seq,
      case when entry.changes ? 'assignees' then array(select jsonb_array_elements_text(entry.changes #> '{assignees,to}')) end as assignees
    from journal_entry entry
    join stream_entry on stream_entry.entry_id = entry.id and stream_entry.stream_id = ${streamId}::uuid
    where entry.subject_id = any (${ids}::uuid[])
      and entry.kind in ('task.created', 'task.assigned', 'task.shared', 'proposal.drafted', 'proposal.opened')
    order by stream_entry.seq`
  return ({ id }, before) => {
    const earlier = events.filter((event) => event.thread_id === id && event.seq < before)
    const once = archived.find(({ threadId }) => threadId === id)
    const doing = earlier.findLast(({ assignees }) => assignees !== null)?.assignees ?? once?.assignees ?? []
    const followers = lasting.filter(({ threadId, since }) => threadId === id && since < before).map(({ memberId }) => memberId)
    return { known: once !== undefined || earlier.length > 0, followers: new Set([...followers, ...doing]) }
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
  const named = new Set(subjects.map(({ subjectType }) => subjectType))
  const comments = named.has('Comment')
    ? await transaction.comment.findMany({ where: among('Comment'), select: { id: true, taskId: true, clauseId: true } })
    : []
  const versions = named.has('AgreementVersion')
    ? await transaction.agreementVersion.findMany({ where: among('AgreementVersion'), select: { id: true, proposalId: true } })
    : []
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
