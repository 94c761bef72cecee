// When one was last here is told to the hub now and then while it is open and in sight, so that it can say what is new to whoever
// comes back. A sign that is lost is no loss: another follows.
import type { UpdateResolver } from '@urql/exchange-graphcache'
import type { Graph } from './graph.ts'
import { graphql, type ResultOf } from './graphql.ts'

export const NoteVisit = graphql(`
  mutation NoteVisit($input: NoteVisitInput!) {
    noteVisit(input: $input) {
      __typename
      ... on VisitNoted {
        lastVisit
      }
    }
  }
`)

export const LastVisit = graphql(`
  query LastVisit {
    viewer {
      lastVisit
    }
  }
`)

/** What the hub answers takes its place: after a night, a page that stayed open is a new visit. */
export const lastVisitOf: UpdateResolver = (result, _, cache) => {
  const { noteVisit } = result as ResultOf<typeof NoteVisit>
  if (noteVisit.__typename !== 'VisitNoted') return
  const { lastVisit } = noteVisit
  cache.updateQuery({ query: LastVisit }, (data) => (data?.viewer ? { ...data, viewer: { ...data.viewer, lastVisit } } : data))
}

const everyTenMinutes = 600_000

export const noteVisits = ({ client }: Graph) => {
  const note = () => {
    if (document.visibilityState === 'visible') void client.mutation(NoteVisit, { input: {} }).toPromise()
  }
  note()
  const timer = setInterval(note, everyTenMinutes)
  document.addEventListener('visibilitychange', note)
  return () => {
    clearInterval(timer)
    document.removeEventListener('visibilitychange', note)
  }
}
