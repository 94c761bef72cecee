// A system of somebody else's: keeps a copy of all tasks, with the packed client and nothing else. Run outside the workspace by package.test.ts.
import { existsSync, readFileSync, renameSync, writeFileSync } from 'node:fs'
import { follow, graphql, Hub, Refused } from '@samsyn/schema'

const hub = new Hub({ url: process.argv[2] ?? '', key: process.env.SAMSYN_KEY ?? '' })
const fields = graphql(`
  fragment TaskCopy on Task {
    __typename
    id
    title
    state
    dueOn
    version
  }
`)
const page = graphql(
  `
    query Tasks($place: String) {
      cursor
      collaboration {
        tasks(first: 20, after: $place) {
          nodes {
            ...TaskCopy
          }
          pageInfo {
            hasNextPage
            endCursor
          }
        }
      }
    }
  `,
  [fields],
)
const changes = graphql(
  `
    subscription Changes($after: Cursor, $filter: ChangeFilter) {
      changes(after: $after, filter: $filter) {
        __typename
        ... on ChangeBatch {
          cursor
          changes {
            cursor
            id
            gone
            subjectId
            subject {
              __typename
              ...TaskCopy
            }
          }
        }
        ... on Resync {
          cursor
          reason
        }
      }
    }
  `,
  [fields],
)

const snapshot = async () => {
  const nodes = []
  for (let place, cursor; ;) {
    const { collaboration, ...answer } = await hub.query(page, { place })
    if (!collaboration) throw new Error('no collaboration')
    nodes.push(...collaboration.tasks.nodes)
    cursor ??= answer.cursor
    place = collaboration.tasks.pageInfo.endCursor
    if (!collaboration.tasks.pageInfo.hasNextPage) return { cursor, nodes }
  }
}

// Copy and place are kept in one file: whole or not at all.
let { tasks, cursor } = existsSync('copy.json') ? JSON.parse(readFileSync('copy.json', 'utf8')) : { tasks: {}, cursor: undefined }
const say = (line) => console.log(JSON.stringify(line))
const onTrouble = ({ message }) => say({ trouble: message })
try {
  for await (const told of follow(hub, { after: cursor, snapshot, onTrouble }, changes)) {
    if (told.kind === 'snapshot') tasks = Object.fromEntries(told.snapshot.nodes.map((task) => [task.id, task]))
    else {
      const { gone, subject, subjectId } = told.change
      if (gone) delete tasks[subjectId]
      if (subject?.__typename === 'Task') tasks[subject.id] = subject
    }
    cursor = told.cursor
    writeFileSync('copy.new.json', JSON.stringify({ tasks, cursor }))
    renameSync('copy.new.json', 'copy.json')
    say(told.kind === 'snapshot' ? { snapshot: told.snapshot.nodes.length } : { change: told.change.id, cursor })
  }
} catch (error) {
  say({ ended: error.name, refused: error instanceof Refused, why: error.message })
  process.exitCode = 1
}
