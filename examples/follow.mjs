// Follows what happens, as the party whose key it has; `npm install` of the packed client is all it needs. See schema/README.md.
import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { follow, graphql, Hub } from '@samsyn/schema'

const hub = new Hub({ url: process.argv[2] ?? 'http://localhost:3000/graphql', key: process.env.SAMSYN_KEY ?? '' })
const tasks = graphql(`
  query Tasks {
    cursor
    collaboration {
      tasks(first: 100) {
        nodes {
          id
          title
          state
          dueOn
          version
        }
      }
    }
  }
`)
const after = existsSync('cursor.txt') ? readFileSync('cursor.txt', 'utf8') : undefined

for await (const told of follow(hub, { after, snapshot: () => hub.query(tasks) })) {
  console.log(JSON.stringify(told.kind === 'snapshot' ? told.snapshot : told.change))
  writeFileSync('cursor.txt', told.cursor)
}
