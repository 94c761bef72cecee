import { afterAll, expect, test } from 'vitest'
import { does, newTask } from '../world/acts.ts'
import { eventually } from '../world/eventually.ts'
import { socketClient } from '../world/following.ts'
import { openWorld } from '../world/world.ts'

// Two who say the same in other words, or other things in the same words, are not told the same.

const world = await openWorld()
afterAll(world.close)

/** Where one stands goes by another name here, and another thing by its. */
const QUERY = `subscription ($after: [String!], $from: Cursor) {
  changes(after: $from, filter: { kinds: $after }) { ... on ChangeBatch { changes { kind } } }
}`

test('what is asked for is never taken for where one stands', async () => {
  const torsby = await world.as('Torsby')
  const client = socketClient(torsby)
  const from = await torsby.cursor()
  const hear = (kind: string): string[] => {
    const heard: string[] = []
    client.subscribe<{ changes: { changes: { kind: string }[] } }>(
      { query: QUERY, variables: { after: [kind], from } },
      {
        next: ({ data }) => heard.push(...(data?.changes.changes ?? []).map((change) => change.kind)),
        error: () => undefined,
        complete: () => undefined,
      },
    )
    return heard
  }
  const [created, edited] = [hear('task.created'), hear('task.edited')]
  const { id } = await newTask(torsby)
  await does(torsby, 'editTask', { id, baseVersion: 1, title: 'Bättre belysning' })
  await eventually('each has heard of its kind', () => created.length > 0 && edited.length > 0)
  expect([created, edited]).toEqual([['task.created'], ['task.edited']])
  await client.dispose()
})
