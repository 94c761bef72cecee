import type { Transaction } from '../data/database.ts'

/**
 * Guards: what an entry gave rise to does not depend on when the reader came to it.
 *
 * A task's thread is told from the party's stream up to the entry and not from how things stand now: whoever was given the
 * task after a remark is not told of the remark, however late the reader is.
 */
export interface Thread {
  readonly taskId: string
  /** Whether the party knew of the task before the entry. */
  readonly known: boolean
  /** Those who followed it then: its writer, those who did it, those who had said something. */
  readonly followers: ReadonlySet<string>
}

interface Event {
  readonly task_id: string
  readonly seq: bigint
  readonly kind: string
  readonly actor_id: string | null
  /** The list after the entry, where it changed. */
  readonly assignees: string[] | null
}

/** Reads the threads of these tasks once; asked for one as it was before a place in the stream. */
export const readThreads = async (
  transaction: Transaction,
  streamId: string,
  taskIds: readonly string[],
): Promise<(taskId: string, before: bigint) => Thread> => {
  if (taskIds.length === 0) return (taskId) => ({ taskId, known: false, followers: new Set() })
  const events = await transaction.$queryRaw<Event[]>`
    select task_id, stream_entry.seq, entry.kind, entry.actor_id,
      case when entry.changes ? 'assignees' then array(select jsonb_array_elements_text(entry.changes #> '{assignees,to}')) end as assignees
    from (
      select id as task_id, id as subject_id from task where id = any (${[...taskIds]}::uuid[])
      union all select task_id, id from comment where task_id = any (${[...taskIds]}::uuid[])
    ) as part
    join journal_entry entry on entry.subject_id = part.subject_id
      and entry.kind in ('task.created', 'task.assigned', 'task.shared', 'comment.written')
    join stream_entry on stream_entry.entry_id = entry.id and stream_entry.stream_id = ${streamId}::uuid
    order by stream_entry.seq`
  return (taskId, before) => {
    const earlier = events.filter((event) => event.task_id === taskId && event.seq < before)
    const lasting = earlier.filter(({ kind }) => kind === 'task.created' || kind === 'comment.written')
    const doing = earlier.findLast(({ assignees }) => assignees !== null)?.assignees ?? []
    const followers = new Set([...lasting.map(({ actor_id }) => actor_id), ...doing].filter((id) => id !== null))
    return { taskId, known: earlier.length > 0, followers }
  }
}
