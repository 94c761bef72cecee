import { execFileSync } from 'node:child_process'
import { cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { ApolloClient, gql, HttpLink, InMemoryCache } from '@apollo/client'
import { relayStylePagination } from '@apollo/client/utilities'
import relay, { type ConcreteRequest, type ReaderFragment } from 'relay-runtime'
import { afterAll, expect, test } from 'vitest'
import { jointTask } from '../world/acts.ts'
import { programOf } from '../world/program.ts'
import { openWorld } from '../world/world.ts'

// The two clients that others are likely to have, each as it comes: they take the schema, and walk through all tasks page by page.

const world = await openWorld()
const folder = mkdtempSync(join(tmpdir(), 'samsyn-clients-'))
afterAll(async () => {
  rmSync(folder, { recursive: true, force: true })
  await world.close()
})
const torsby = await world.as('Torsby')
for (const number of Array.from({ length: 7 }, (_, at) => at + 1)) await jointTask(torsby, { title: `Sida ${number}` })
const program = await programOf(world.server, torsby, 'Sidor')
const address = `${world.url}/graphql`
const headers = { authorization: `Bearer ${program.key}` }
const { data } = await program.ask('{ collaboration { tasks(first: 100) { nodes { id } } } }')
const wanted = (data as { collaboration: { tasks: { nodes: { id: string }[] } } }).collaboration.tasks.nodes.map(({ id }) => id)
const PAGE = 5

test('Apollo Client pages through the tasks', async () => {
  const typePolicies = { Collaboration: { fields: { tasks: relayStylePagination() } } }
  const client = new ApolloClient({ link: new HttpLink({ uri: address, headers }), cache: new InMemoryCache({ typePolicies }) })
  const query = gql`
    query Tasks($first: Int, $after: String) {
      collaboration {
        id
        tasks(first: $first, after: $after) {
          edges {
            cursor
            node {
              id
              title
            }
          }
          pageInfo {
            hasNextPage
            hasPreviousPage
            startCursor
            endCursor
          }
        }
      }
    }
  `
  interface Tasks {
    readonly collaboration: {
      readonly tasks: {
        readonly edges: readonly { readonly node: { readonly id: string } }[]
        readonly pageInfo: { readonly hasNextPage: boolean; readonly endCursor: string | null }
      }
    }
  }
  const variables: { first: number; after?: string | null } = { first: PAGE }
  const watched = client.watchQuery<Tasks>({ query, variables })
  const subscription = watched.subscribe(() => {})
  let { data: page } = (await client.query<Tasks>({ query, variables })) as { data: Tasks }
  for (; page.collaboration.tasks.pageInfo.hasNextPage;)
    page = (await watched.fetchMore({ variables: { after: page.collaboration.tasks.pageInfo.endCursor } })).data as Tasks
  const all = client.readQuery<Tasks>({ query, variables })?.collaboration.tasks.edges.map(({ node }) => node.id)
  subscription.unsubscribe()
  client.stop()
  expect(all).toEqual(wanted)
})

test('Relay’s compiler accepts the schema, and Relay pages through the tasks', async () => {
  const compiler = createRequire(import.meta.url).resolve('relay-compiler/cli.js')
  mkdirSync(join(folder, 'src'))
  mkdirSync(join(folder, 'made'))
  cpSync(join(import.meta.dirname, '../../schema/schema.graphql'), join(folder, 'schema.graphql'))
  const config = {
    src: './src',
    schema: './schema.graphql',
    language: 'javascript',
    artifactDirectory: './made',
    eagerEsModules: true,
  }
  writeFileSync(join(folder, 'relay.config.json'), JSON.stringify({ ...config, noSourceControl: true }))
  writeFileSync(join(folder, 'package.json'), '{ "type": "module" }')
  writeFileSync(
    join(folder, 'src/Board.js'),
    `import { graphql } from 'relay-runtime'
export const query = graphql\`
  query BoardQuery($count: Int!, $cursor: String) { collaboration { id ...Board_tasks @arguments(count: $count, cursor: $cursor) } }
\`
export const fragment = graphql\`
  fragment Board_tasks on Collaboration
    @argumentDefinitions(count: { type: "Int", defaultValue: ${PAGE} }, cursor: { type: "String" })
    @refetchable(queryName: "BoardPageQuery") {
    tasks(first: $count, after: $cursor) @connection(key: "Board_tasks") {
      edges { node { id title } }
      pageInfo { hasNextPage endCursor }
    }
  }
\`
`,
  )
  execFileSync(process.execPath, [compiler, 'relay.config.json'], { cwd: folder, stdio: 'pipe' })
  const made = async <Artifact>(name: string) =>
    ((await import(pathToFileURL(join(folder, 'made', `${name}.graphql.js`)).href)) as { default: Artifact }).default
  const [query, page, fragment] = [
    await made<ConcreteRequest>('BoardQuery'),
    await made<ConcreteRequest>('BoardPageQuery'),
    await made<ReaderFragment>('Board_tasks'),
  ]

  const environment = new relay.Environment({
    store: new relay.Store(new relay.RecordSource()),
    network: relay.Network.create(async ({ text }, variables) => {
      const body = JSON.stringify({ query: text, variables })
      const response = await fetch(address, { method: 'POST', headers: { ...headers, 'content-type': 'application/json' }, body })
      return response.json() as never
    }),
  })
  const ask = (request: ConcreteRequest, variables: Record<string, unknown>) => {
    const operation = relay.createOperationDescriptor(request, variables)
    return relay.__internal.fetchQuery(environment, operation).toPromise()
  }
  interface Tasks {
    readonly edges: readonly { readonly node: { readonly id: string } }[]
    readonly pageInfo: { readonly hasNextPage: boolean; readonly endCursor: string | null }
  }
  const board = relay.createOperationDescriptor(query, { count: PAGE })
  environment.retain(board)
  const held = () => {
    const { collaboration } = environment.lookup(board.fragment).data as { collaboration: { id: string } }
    const selector = relay.getSingularSelector(fragment, collaboration)
    if (!selector) throw new Error('Relay holds no tasks')
    return { id: collaboration.id, tasks: (environment.lookup(selector).data as { tasks: Tasks }).tasks }
  }
  await ask(query, { count: PAGE })
  for (let { id, tasks } = held(); tasks.pageInfo.hasNextPage; { tasks } = held())
    await ask(page, { id, count: PAGE, cursor: tasks.pageInfo.endCursor })
  expect(held().tasks.edges.map(({ node }) => node.id)).toEqual(wanted)
  console.log(`Apollo Client and Relay each paged through ${wanted.length} tasks, ${PAGE} at a time`)
})
