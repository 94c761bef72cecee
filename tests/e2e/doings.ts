import { mint, type Actor } from '../world/actor.ts'
import { does, jointTask, newTask, type Done } from '../world/acts.ts'

// What a few people do in an ordinary hour: a little of everything that shows on a board and in a task.

type Task = Done['subject']

/**
 * Does `count` things, one after the other, as those named in turn. `talk` is a joint task that much of it is about.
 * Returns the titles that must be seen afterwards.
 */
export const doings = async (
  people: readonly Actor[],
  talk: { readonly id: string },
  count: number,
): Promise<readonly string[]> => {
  const mine = new Map<Actor, Task[]>()
  const titles: string[] = []
  let comments: Task[] = []
  const steps: ((who: Actor, index: number) => Promise<unknown>)[] = [
    async (who, index) => {
      const title = `Gemensam punkt ${index}`
      mine.set(who, [...(mine.get(who) ?? []), await jointTask(who, { title, state: 'ONGOING' })])
      titles.push(title)
    },
    async (who, index) => {
      const { subject } = await does(who, 'writeComment', {
        id: mint(),
        task: talk.id,
        audience: 'AS_PARENT',
        text: `Synpunkt ${index}`,
      })
      comments = [...comments, subject]
    },
    async (who) => {
      const task = mine.get(who)?.at(-1)
      if (task) await does(who, 'moveTask', { id: task.id, state: 'DELIVERED', after: null })
    },
    async (who, index) => {
      const { version } = await fresh(who, talk.id)
      await does(who, 'editTask', { id: talk.id, baseVersion: version, description: `Beskrivning, läge ${index}.` })
    },
    async (who) => {
      const { version } = await fresh(who, talk.id)
      await does(who, 'assignTask', { id: talk.id, baseVersion: version, assignees: [who.memberId] })
    },
    async (who, index) => {
      await newTask(who, { title: `Eget utkast ${index}` })
    },
    async (who) => {
      const last = comments.findLast(({ author }) => (author as { id: string }).id === who.memberId)
      if (last) await does(who, 'editComment', { id: last.id, baseVersion: last.version, text: 'Synpunkt, omskriven' })
      comments = comments.filter(({ id }) => id !== last?.id)
    },
    async (who) => {
      await does(who, 'moveTask', { id: talk.id, state: 'APPROVED', after: null })
      await does(who, 'moveTask', { id: talk.id, state: 'GIVEN', after: null })
    },
    async (who) => {
      const task = mine.get(who)?.[0]
      if (!task || (mine.get(who)?.length ?? 0) < 2) return
      await does(who, 'archiveTask', { id: task.id })
      mine.set(who, mine.get(who)?.slice(1) ?? [])
      titles.splice(titles.indexOf(String(task.title)), 1)
    },
  ]
  for (let index = 0; index < count; index++) {
    const who = people[Math.floor(index / 2) % people.length]
    const step = steps[index % steps.length]
    if (who && step) await step(who, index)
  }
  return titles
}

const fresh = async (who: Actor, id: string): Promise<{ version: number }> =>
  (await who.query<{ node: { version: number } }>('query ($id: ID!) { node(id: $id) { ... on Task { version } } }', { id })).node
