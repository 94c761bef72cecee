import type { Audience, Comment, CommentAudience } from '@samsyn/prisma/client'
import { may } from '../access/may.ts'
import { assertNoPersonalNumbers } from '../access/personalNumbers.ts'
import { reads } from '../access/reads.ts'
import type { Actor, Viewer } from '../access/viewer.ts'
import { clausePolicy } from '../agreements/agreements.policy.ts'
import { attachTo, takeAwayFrom } from '../files/files.service.ts'
import { InvalidInput, NotFound } from '../graph/failures.ts'
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

  /**
   * Says something on a task or a clause, perhaps in answer to a comment there, to all who read it or to the own party alone; with
   * what was sent in beside it.
   */
  write(viewer: Viewer, act: Act, input: Words & About): Promise<string> {
    return this.#work.run(viewer, act, async (unit) => {
      const reach = await assertMayComment(unit, viewer, input)
      const answered = input.answersId === undefined ? undefined : await answerable(unit, viewer, input.answersId, input)
      const kept = input.audience === 'OWN' || reach === 'OWN' || answered?.readers.length === 1
      if (!kept) assertNoPersonalNumbers({ text: input.text })
      const comment = await unit.transaction.comment.create({
        data: {
          id: mintedId(viewer, input.id),
          collaborationId: viewer.collaborationId,
          taskId: input.taskId ?? null,
          clauseId: input.clauseId ?? null,
          answersId: input.answersId ?? null,
          partyId: viewer.partyId,
          authorId: viewer.memberId,
          audience: input.audience,
          text: input.text,
        },
      })
      await unit.record('comment.written', comment, { text: { from: null, to: comment.text } })
      for (const upload of input.uploads)
        await attachTo(unit, viewer, { commentId: comment.id }, mintedId(viewer, `${input.id} ${upload}`), upload, 'uploads')
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
      if (before.readers.some((reader) => reader !== viewer.partyId)) assertNoPersonalNumbers({ text })
      const after = await unit.transaction.comment.update({ where: { id }, data: { text, version: before.version + 1 } })
      await unit.record('comment.edited', after, changes)
      return id
    })
  }

  /**
   * Takes the text back, out of the journal too (a trigger), and its files. That something was said stays visible; the page shows it
   * as withdrawn.
   */
  withdraw(viewer: Viewer, act: Act, id: string): Promise<string> {
    return this.#work.run(viewer, act, async (unit) => {
      const before = await lock(unit, id)
      may(commentPolicy, viewer, 'withdraw', before)
      if (before.withdrawnAt) throw new Unchanged(id)
      return takeBack(unit, before)
    })
  }

  /**
   * Takes back once more what its author took back before a backup from before that was restored. Without a seat: the author has
   * decided already, and may have left since.
   */
  eraseAgain(operator: Actor, act: Act, id: string): Promise<string> {
    return this.#work.run(operator, act, async (unit) => takeBack(unit, await lock(unit, id)))
  }
}

const takeBack = async (unit: Unit, before: Comment): Promise<string> => {
  // The database stamps its own, except for its owner.
  const after = await unit.transaction.comment.update({
    where: { id: before.id },
    data: { text: '', version: before.version + 1, withdrawnAt: new Date() },
  })
  await unit.record('comment.withdrawn', after)
  await takeAwayFrom(unit, before.id)
  return before.id
}

interface Words {
  readonly id: string
  readonly audience: CommentAudience
  readonly text: string
  readonly answersId: string | undefined
  /** What was sent in to come with it. */
  readonly uploads: readonly string[]
}

/** What a comment is about: one of the two. */
type About =
  { readonly taskId: string; readonly clauseId?: undefined } | { readonly clauseId: string; readonly taskId?: undefined }

/** One level deep: a comment on the same thing that answers nothing itself. */
const answerable = async (unit: Unit, viewer: Viewer, id: string, { taskId, clauseId }: About) => {
  const comment = await unit.transaction.comment.findUnique({ where: { id } })
  if (!comment || !reads(viewer, comment)) throw new NotFound('answers')
  const there = comment.taskId === (taskId ?? null) && comment.clauseId === (clauseId ?? null)
  if (!there || comment.answersId !== null) throw new InvalidInput([{ field: 'answers', code: 'UNKNOWN' }])
  return comment
}

const assertMayComment = async (unit: Unit, viewer: Viewer, { taskId, clauseId }: About): Promise<Audience> => {
  if (taskId !== undefined) {
    const task = await unit.transaction.task.findUnique({ where: { id: taskId } })
    if (!task) throw new NotFound('task')
    may(taskPolicy, viewer, 'comment', task)
    return task.audience
  }
  const clause = await unit.transaction.clause.findUnique({ where: { id: clauseId } })
  if (!clause || !reads(viewer, clause)) throw new NotFound('clause')
  may(clausePolicy, viewer, 'comment', clause)
  return 'JOINT'
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
