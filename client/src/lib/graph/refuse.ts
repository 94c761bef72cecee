import { error, redirect } from '@sveltejs/kit'
import type { OperationResult } from '@urql/core'
import { problemOfError } from './outcome.ts'

/** The answer, or the page that says why there is none: sign in, try later, or an error with its reference. */
export const dataOf = <Data>(result: OperationResult<Data>, url: URL): Data => {
  if (result.error) {
    const problem = problemOfError(result.error)
    if (problem.kind === 'signed-out') redirect(303, signInAddress(url))
    if (problem.kind === 'hurried') error(429, { message: 'Too many requests' })
    if (problem.kind === 'offline' || problem.kind === 'busy') error(503, { message: 'Unavailable' })
    error(500, {
      message: 'Unexpected error',
      ...(problem.kind === 'broken' && problem.reference && { reference: problem.reference }),
    })
  }
  if (result.data === undefined) error(503, { message: 'Unavailable' })
  return result.data
}

export const signInAddress = (url: URL) => `/sign-in?${new URLSearchParams({ next: url.pathname + url.search })}`
