import type { CommentAudience } from '@samsyn/prisma/client'
import { may } from '../access/may.ts'
import type { Viewer } from '../access/viewer.ts'
import { NotFound } from '../graph/failures.ts'
import { assertNoConflict } from '../journal/conflicts.ts'
import { mintedId } from '../journal/mintedId.ts'
import { type Act, Unchanged, type Unit, type UnitOfWork } from '../journal/work.ts'
import { taskPolicy } from '../tasks/tasks.policy.ts'
import { commentPolicy } from './comments.policy.ts'

/** The verbs of a comment. Each is one unit of work and returns the comment's id. */
export class CommentService {
  readonly #work: UnitOfWork

  constructor(work: UnitOfWork) {
    this.#work = work
  }

  /** Says something on a task, to all who read it or to the own party alone. */
  write(
    viewer: Viewer,
    act: Act,
    input: { id: string; taskId: string; audience: CommentAudience; text: string },
  ): Promise<string> {
    return this.#work.run(viewer, act, async (unit) => {
      const task = await unit.transaction.task.findUnique({ where: { id: input.taskId } })
      if (!task) throw new NotFound('task')
      may(taskPolicy, viewer, 'comment', task)
      const comment = await unit.transaction.comment.create({
        data: {
          id: mintedId(viewer, input.id),
          collaborationId: viewer.collaborationId,
          taskId: task.id,
          partyId: viewer.partyId,
          authorId: viewer.memberId,
          audience: input.audience,
          text: input.text,
        },
      })
      await unit.record('comment.written', comment, { text: { from: null, to: comment.text } })
      return comment.id
    })
  }

  edit(viewer: Viewer, act: Act, id: string, baseVersion: number, text: string): Promise<string> {
    return this.#work.run(viewer, act, async (unit) => {
      const before = await lock(unit, id)
      may(commentPolicy, viewer, 'edit', before)
      if (before.text === text) throw new Unchanged(id)
      const changes = { text: { from: before.text, to: text } }
      await assertNoConflict(unit, before, baseVersion, changes)
      const after = await unit.transaction.comment.update({ where: { id }, data: { text, version: before.version + 1 } })
      await unit.record('comment.edited', after, changes)
      return id
    })
  }

  /** Takes the text back. That something was said stays visible; the page shows it as withdrawn. */
  withdraw(viewer: Viewer, act: Act, id: string): Promise<string> {
    return this.#work.run(viewer, act, async (unit) => {
      const before = await lock(unit, id)
      may(commentPolicy, viewer, 'withdraw', before)
      if (before.withdrawnAt) throw new Unchanged(id)
      // Any time will do: the database stamps its own.
      const after = await unit.transaction.comment.update({
        where: { id },
        data: { text: '', version: before.version + 1, withdrawnAt: before.writtenAt },
      })
      await unit.record('comment.withdrawn', after)
      return id
    })
  }
}

/**
 * Loads, and locks what is the own party's to change. Others' comments are read without a lock: they are only looked at
 * to refuse with the right reason.
 */
const lock = async (unit: Unit, id: string) => {
  await unit.transaction.$queryRaw`select id from comment where id = ${id}::uuid for update`
  const comment = await unit.transaction.comment.findUnique({ where: { id } })
  if (!comment) throw new NotFound('id')
  return comment
}
