import type { Audience, Task, TaskState } from '@samsyn/prisma/client'
import { generateKeyBetween } from 'fractional-indexing'
import { may, writes } from '../access/may.ts'
import { assertNoPersonalNumbers } from '../access/personalNumbers.ts'
import { reads } from '../access/reads.ts'
import type { Viewer } from '../access/viewer.ts'
import { namesOn } from '../files/files.service.ts'
import { InvalidInput, NotAllowed, NotFound } from '../graph/failures.ts'
import { assertNoConflict } from '../journal/conflicts.ts'
import { type Act, type Changes, isMissing, Unchanged, type Unit, type UnitOfWork } from '../journal/work.ts'
import { mintedId } from '../journal/mintedId.ts'
import { taskPolicy } from './tasks.policy.ts'

/** Guards: a task is decided on under its row's lock, by what it then is; only sharing lets anybody in, and tells nothing from before. */
export interface TaskContent {
  readonly title: string
  readonly description: string
  readonly dueOn: Date | null
  /** The clause of the agreement that the task comes of. */
  readonly clauseId: string | null
}

export interface TaskPeople {
  readonly responsible: readonly string[]
  readonly assignees: readonly string[]
}

/** The verbs of a task. Each is one unit of work and returns the task's id. */
export class TaskService {
  readonly #work: UnitOfWork

  constructor(work: UnitOfWork) {
    this.#work = work
  }

  /** A new task is the party's own until it is shared, and stands last in its column. */
  create(viewer: Viewer, act: Act, input: { id: string; state: TaskState } & TaskContent & TaskPeople): Promise<string> {
    return this.#work.run(viewer, act, async (unit) => {
      if (!writes(viewer)) throw new NotAllowed('ROLE')
      await assertPeople(unit, input, [viewer.partyId])
      await assertClause(unit, input.clauseId, [viewer.partyId])
      const { id, ...content } = input
      const last = await unit.transaction.task.findFirst({
        where: { collaborationId: viewer.collaborationId, state: input.state, archivedAt: null },
        orderBy: [{ position: 'desc' }, { id: 'desc' }],
        select: { position: true },
      })
      const task = await unit.transaction.task.create({
        data: {
          ...content,
          id: mintedId(viewer, id),
          responsible: [...content.responsible],
          assignees: [...content.assignees],
          collaborationId: viewer.collaborationId,
          partyId: viewer.partyId,
          createdById: viewer.memberId,
          position: generateKeyBetween(last?.position, null),
        },
      })
      await unit.record('task.created', task, differences({ ...EMPTY, state: null }, { ...plain(task), state: task.state }))
      return task.id
    })
  }

  edit(viewer: Viewer, act: Act, id: string, baseVersion: number, wanted: Partial<TaskContent>): Promise<string> {
    return this.#change(viewer, act, id, async (unit, before) => {
      may(taskPolicy, viewer, 'edit', before)
      const changes = differences(plain(before), plain({ ...before, ...wanted }))
      await assertNoConflict(unit, before, baseVersion, changes)
      if ('clause' in changes) await assertClause(unit, wanted.clauseId, before.readers)
      if (before.audience !== 'OWN') assertNoPersonalNumbers({ title: wanted.title, description: wanted.description })
      return { kind: 'task.edited', data: wanted, changes }
    })
  }

  /** Sets who answers for the task and who does the work; what is left out stays. */
  assign(viewer: Viewer, act: Act, id: string, baseVersion: number, wanted: Partial<TaskPeople>): Promise<string> {
    return this.#change(viewer, act, id, async (unit, before) => {
      may(taskPolicy, viewer, 'edit', before)
      const changes = differences(plain(before), plain({ ...before, ...mutable(wanted) }))
      await assertNoConflict(unit, before, baseVersion, changes)
      await assertPeople(unit, wanted, before.readers)
      return { kind: 'task.assigned', data: mutable(wanted), changes }
    })
  }

  /** Puts the task after another in a column, or first. Conflicts only if somebody moved it to a third column meanwhile. */
  move(
    viewer: Viewer,
    act: Act,
    id: string,
    baseVersion: number | undefined,
    to: { state: TaskState; after: string | undefined },
  ): Promise<string> {
    return this.#change(viewer, act, id, async (unit, before) => {
      may(taskPolicy, viewer, 'edit', before)
      const column = { collaborationId: before.collaborationId, state: to.state, archivedAt: null, id: { not: id } }
      const previous = to.after === undefined ? undefined : await unit.transaction.task.findUnique({ where: { id: to.after } })
      if (previous === null || (previous && !reads(viewer, previous))) throw new NotFound('after')
      // The neighbour may have moved on meanwhile: then the task goes last in its column.
      const anchor = previous && previous.state === to.state && previous.id !== id ? previous.position : undefined
      const last = previous && anchor === undefined
      const next = last
        ? await unit.transaction.task.findFirst({
            where: column,
            orderBy: [{ position: 'desc' }, { id: 'desc' }],
            select: { position: true },
          })
        : await unit.transaction.task.findFirst({
            where: anchor === undefined ? column : { ...column, position: { gt: anchor } },
            orderBy: [{ position: 'asc' }, { id: 'asc' }],
            select: { position: true },
          })
      const position = last ? generateKeyBetween(next?.position, null) : generateKeyBetween(anchor, next?.position)
      const stays =
        before.state === to.state &&
        (anchor ?? '') < before.position &&
        (next === null || before.position <= next.position) &&
        !last
      if (stays) throw new Unchanged(id)
      const data = { state: to.state, position }
      const changes = differences({ state: before.state, position: before.position }, data)
      if (baseVersion !== undefined && 'state' in changes)
        await assertNoConflict(unit, before, baseVersion, { state: changes['state'] })
      return { kind: 'task.moved', data, changes }
    })
  }

  /**
   * Widens who may read the task. A legal act: for the others it becomes a received record. It can't be narrowed, and
   * nothing from before comes along: neither earlier values nor comments. Its files do, as they are now.
   */
  share(viewer: Viewer, act: Act, id: string, audience: Audience, listed: readonly string[]): Promise<string> {
    return this.#change(viewer, act, id, async (unit, before) => {
      may(taskPolicy, viewer, 'share', before)
      const rank = { OWN: 0, SHARED: 1, JOINT: 2 } as const
      const sharedWith = [...new Set([...before.sharedWith, ...listed])].filter((party) => party !== viewer.partyId).toSorted()
      await assertParties(unit, 'with', sharedWith)
      if (rank[audience] < rank[before.audience]) throw new NotAllowed('AUDIENCE')
      if (audience === 'OWN') throw new Unchanged(id)
      if (audience === 'SHARED' && sharedWith.length === 0) throw new InvalidInput([{ field: 'with', code: 'EMPTY' }])
      assertNoPersonalNumbers({ title: before.title, description: before.description, files: await namesOn(unit, id) })
      const changes = differences({ audience: before.audience, sharedWith: before.sharedWith }, { audience, sharedWith })
      const bare = Object.fromEntries(Object.entries(changes).map(([field, { to }]) => [field, { from: null, to }]))
      return { kind: 'task.shared', data: { audience, sharedWith }, changes: bare }
    })
  }

  archive(viewer: Viewer, act: Act, id: string): Promise<string> {
    return this.#change(viewer, act, id, async (_, before) => {
      may(taskPolicy, viewer, 'archive', before)
      if (before.archivedAt) throw new Unchanged(id)
      // Any time will do: the database stamps its own.
      return { kind: 'task.archived', data: { archivedAt: before.updatedAt }, changes: undefined }
    })
  }

  restore(viewer: Viewer, act: Act, id: string): Promise<string> {
    return this.#change(viewer, act, id, async (_, before) => {
      may(taskPolicy, viewer, 'archive', before)
      if (!before.archivedAt) throw new Unchanged(id)
      return { kind: 'task.restored', data: { archivedAt: null }, changes: undefined }
    })
  }

  /** Load and lock in one statement (counting the version takes the row's lock), decide, write, record. */
  #change(viewer: Viewer, act: Act, id: string, decide: (unit: Unit, before: Task) => Promise<Decision>): Promise<string> {
    return this.#work.run(viewer, act, async (unit) => {
      const locked = await unit.transaction.task
        .update({ where: { id }, data: { version: { increment: 1 } } })
        .catch((error: unknown) => {
          throw isMissing(error) ? new NotFound('id') : error
        })
      const before = { ...locked, version: locked.version - 1 }
      const { kind, data, changes } = await decide(unit, before)
      if (changes && Object.keys(changes).length === 0) throw new Unchanged(id)
      const after = await unit.transaction.task.update({ where: { id }, data })
      await unit.record(kind, after, changes, before.readers)
      return id
    })
  }
}

interface Decision {
  readonly kind: 'task.edited' | 'task.assigned' | 'task.moved' | 'task.shared' | 'task.archived' | 'task.restored'
  readonly data: Partial<TaskContent> & {
    responsible?: string[]
    assignees?: string[]
    state?: TaskState
    position?: string
    audience?: Audience
    sharedWith?: string[]
    archivedAt?: Date | null
  }
  /** Undefined where there is nothing to compare: the kind says it all. */
  readonly changes: Changes | undefined
}

const EMPTY = { title: null, description: '', dueOn: null, clause: null, responsible: [], assignees: [] }

const plain = (task: TaskContent & TaskPeople) => ({
  title: task.title,
  description: task.description,
  dueOn: task.dueOn?.toISOString().slice(0, 10) ?? null,
  clause: task.clauseId,
  responsible: [...task.responsible],
  assignees: [...task.assignees],
})

type Values = Readonly<Record<string, string | null | readonly string[]>>

/** The fields that differ, old and new. */
const differences = (from: Values, to: Values): Changes =>
  Object.fromEntries(
    Object.keys(to)
      .filter((field) => JSON.stringify(from[field]) !== JSON.stringify(to[field]))
      .map((field) => [field, { from: from[field] ?? null, to: to[field] ?? null }]),
  )

const mutable = (people: Partial<TaskPeople>): { responsible?: string[]; assignees?: string[] } => ({
  ...(people.responsible && { responsible: [...people.responsible] }),
  ...(people.assignees && { assignees: [...people.assignees] }),
})

/** Those named must exist for the viewer, and be of parties that may read the task: a wider thing never names a narrower one. */
const assertPeople = async (unit: Unit, people: Partial<TaskPeople>, readers: readonly string[]): Promise<void> => {
  await assertParties(unit, 'responsible', people.responsible ?? [])
  if (people.responsible?.some((party) => !readers.includes(party)))
    throw new InvalidInput([{ field: 'responsible', code: 'UNKNOWN' }])
  if (!people.assignees?.length) return
  const members = await unit.transaction.member.findMany({ where: { id: { in: [...people.assignees] }, removedAt: null } })
  const known = members.filter((member) => reads(unit.viewer, member) && readers.includes(member.partyId))
  if (known.length !== people.assignees.length) throw new InvalidInput([{ field: 'assignees', code: 'UNKNOWN' }])
}

/** A clause must exist for the viewer and still stand, and all who read the task must read it: guests do not. */
const assertClause = async (unit: Unit, id: string | null | undefined, readers: readonly string[]): Promise<void> => {
  if (!id) return
  const clause = await unit.transaction.clause.findUnique({ where: { id } })
  if (!clause || !reads(unit.viewer, clause)) throw new NotFound('clause')
  if (clause.removed || !readers.every((party) => clause.readers.includes(party)))
    throw new InvalidInput([{ field: 'clause', code: 'UNKNOWN' }])
}

const assertParties = async (unit: Unit, field: string, ids: readonly string[]): Promise<void> => {
  if (ids.length === 0) return
  const parties = await unit.transaction.party.findMany({ where: { id: { in: [...ids] }, leftAt: null } })
  if (parties.filter((party) => reads(unit.viewer, party)).length !== ids.length)
    throw new InvalidInput([{ field, code: 'UNKNOWN' }])
}
