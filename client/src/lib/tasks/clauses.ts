import { graphql } from '#lib/graph/graphql.ts'
import type { Graph } from '#lib/graph/graph.ts'
import { problemOfError } from '#lib/graph/outcome.ts'

export const ClausesQuery = graphql(`
  query Clauses {
    collaboration {
      id
      agreement {
        id
        clauses {
          id
          number
          heading
        }
      }
    }
  }
`)

/** What a task may serve: the clauses of the newest version, in reading order. */
export const readClauses = async (graph: Graph) => {
  const { data, error } = await graph.read(ClausesQuery, {})
  if (error) return { ok: false, problem: problemOfError(error) } as const
  return { ok: true, clauses: data?.collaboration?.agreement?.clauses ?? [] } as const
}
