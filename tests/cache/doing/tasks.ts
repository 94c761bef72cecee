import { globalId, mint } from '../../world/actor.ts'
import { send, pdf, png } from '../../world/files.ts'
import type { Actor } from '../../world/actor.ts'
import type { Doings, Stage, Thing } from '../stage.ts'

// What happens to tasks, and what is said and put beside them.

const STATES = ['GIVEN', 'ONGOING', 'DELIVERED', 'APPROVED'] as const
const TITLES = ['Trygg skolväg', 'Ökad närvaro', 'Belysning', 'Åtgärder i centrum', 'skolans gård'] as const

const id = ({ id: row }: Thing) => globalId('Task', row)
const open = (stage: Stage) => stage.thing('task', 'archived_at is null')

/** Nothing when the door does not take it from that one. */
const uploaded = async (stage: Stage, actor: Actor): Promise<string | undefined> => {
  const picture = stage.chance.yes()
  const response = await send(actor, picture ? 'bild.png' : 'plan.pdf', picture ? png() : pdf())
  return response.status === 201 ? ((await response.json()) as { upload: string }).upload : undefined
}

const onTask =
  (change: (stage: Stage, task: Thing, actor: Actor) => Promise<unknown>, archived = false) =>
  async (stage: Stage) => {
    const task = archived ? await stage.thing('task', 'archived_at is not null') : await open(stage)
    if (task) await change(stage, task, await stage.somebody(task))
  }

const clauses = (stage: Stage) => stage.world.sql<{ id: string }>('select id from clause where not removed order by id')

export const taskDoings: Doings = {
  'task.created': async (stage) =>
    stage.tries(await stage.somebody(), 'createTask', {
      id: mint(),
      title: stage.chance.one(TITLES),
      state: stage.chance.one(STATES),
      dueOn: stage.chance.yes() ? '2027-03-01' : null,
    }),
  'task.edited': onTask(async (stage, task, actor) => {
    const { chance } = stage
    const clause = chance.yes() ? null : globalId('Clause', chance.one(await clauses(stage)).id)
    const wanted = chance.one([
      { title: `${chance.one(TITLES)} ${chance.below(100)}` },
      { dueOn: `2027-0${1 + chance.below(9)}-01` },
      { clause },
    ])
    await stage.tries(actor, 'editTask', { id: id(task), baseVersion: task.version, ...wanted })
  }),
  'task.assigned': onTask(async (stage, task, actor) => {
    const members = await stage.world.sql<{ id: string }>(
      'select id from member where removed_at is null and party_id = any ($1::uuid[]) order by id',
      [task.readers],
    )
    await stage.tries(actor, 'assignTask', {
      id: id(task),
      baseVersion: task.version,
      responsible: stage.chance.some(task.readers).map((party) => globalId('Party', party)),
      assignees: stage.chance.some(members, 0.15).map((member) => globalId('Member', member.id)),
    })
  }),
  'task.moved': onTask(async (stage, task, actor) => {
    const after = stage.chance.yes() ? await open(stage) : undefined
    await stage.tries(actor, 'moveTask', { id: id(task), state: stage.chance.one(STATES), after: after ? id(after) : null })
  }),
  'task.shared': async (stage) => {
    const task = await stage.thing('task', `archived_at is null and audience <> 'JOINT'`)
    if (!task) return
    const parties = await stage.world.sql<{ id: string }>('select id from party where left_at is null order by ordinal')
    const audience = stage.chance.yes(0.4) ? 'JOINT' : 'SHARED'
    // Guests among them, for whom it is the only way in.
    const listed = stage.chance.some(parties, 0.3).map((party) => globalId('Party', party.id))
    await stage.tries(await stage.somebody(task), 'shareTask', { id: id(task), audience, with: listed })
  },
  'task.archived': onTask((stage, task, actor) => stage.tries(actor, 'archiveTask', { id: id(task) })),
  'task.restored': onTask((stage, task, actor) => stage.tries(actor, 'restoreTask', { id: id(task) }), true),

  'comment.written': async (stage) => {
    const { chance } = stage
    const task = chance.yes(0.8) ? await open(stage) : undefined
    const actor = await stage.somebody(task && { party: chance.one(task.readers), member: null })
    const about = task ? { task: id(task) } : { clause: globalId('Clause', chance.one(await clauses(stage)).id) }
    const said =
      task && chance.yes(0.3) ? await stage.thing('comment', `task_id = '${task.id}' and answers_id is null`) : undefined
    const file = chance.yes(0.2) ? await uploaded(stage, actor) : undefined
    await stage.tries(actor, 'writeComment', {
      id: mint(),
      text: `Sagt ${chance.below(1_000)}`,
      audience: chance.one(['OWN', 'AS_PARENT', 'AS_PARENT']),
      ...about,
      ...(said && { answers: globalId('Comment', said.id) }),
      ...(file && { uploads: [file] }),
    })
  },
  'comment.edited': async (stage) => {
    const comment = await stage.thing('comment', 'withdrawn_at is null')
    if (!comment) return
    const text = `Ändrat ${stage.chance.below(1_000)}`
    const wanted = { id: globalId('Comment', comment.id), baseVersion: comment.version, text }
    await stage.tries(await stage.somebody(comment), 'editComment', wanted)
  },
  'comment.withdrawn': async (stage) => {
    const comment = await stage.thing('comment', 'withdrawn_at is null')
    if (comment) await stage.tries(await stage.somebody(comment), 'withdrawComment', { id: globalId('Comment', comment.id) })
  },

  'file.attached': async (stage) => {
    const task = await open(stage)
    if (!task) return
    const actor = await stage.somebody({ party: stage.chance.one(task.readers), member: null })
    const file = await uploaded(stage, actor)
    if (file) await stage.tries(actor, 'attachFile', { id: mint(), upload: file, task: id(task) })
  },
  'file.removed': async (stage) => {
    const file = await stage.thing('file', 'removed_at is null')
    if (file) await stage.tries(await stage.somebody(file), 'removeFile', { id: globalId('File', file.id) })
  },
}
