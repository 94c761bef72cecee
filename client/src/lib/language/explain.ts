import type { Issue, Problem } from '../graph/outcome.ts'
import type { Dictionary } from './language.ts'

export const explainIssue = ({ code, limit, detail }: Issue, t: Dictionary) =>
  detail ? `${t.errors.issue[code](limit)} ${detail}` : t.errors.issue[code](limit)

/** One sentence for the whole problem. */
export const explain = (problem: Problem, t: Dictionary): string => {
  switch (problem.kind) {
    case 'invalid':
      return [...new Set(problem.issues.map((issue) => explainIssue(issue, t)))].join(' ')
    case 'conflict':
      return t.errors.conflict
    case 'refused':
      return t.errors.refused[problem.code]
    case 'missing':
      return t.errors.missing
    case 'busy':
      return t.errors.busy
    case 'unanswered':
      return t.errors.unanswered
    case 'hurried':
      return t.errors.hurried(Math.ceil(problem.retryAfter / 1_000))
    case 'offline':
      return t.errors.offline
    case 'signed-out':
      return t.errors.signedOut
    case 'broken':
      return t.errors.broken(problem.reference)
  }
}

/** The sentence beside one field; a problem without fields stands beside the first one asked for. */
export const issueFor = (problem: Problem, field: string, t: Dictionary): string | null => {
  if (problem.kind !== 'invalid') return explain(problem, t)
  const issue = problem.issues.find((one) => one.field === field)
  return issue ? explainIssue(issue, t) : null
}
