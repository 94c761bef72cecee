import type { PageServerLoad } from './$types'

type Invitation = { name: string; party: string; collaboration: string; email: string; hasPassword: boolean }

export const load: PageServerLoad = async ({ url, fetch }) => {
  const token = url.searchParams.get('token') ?? ''
  // The token in the address goes to no other site: every answer of the server carries `referrer-policy: same-origin`. Stricter
  // would be too strict: with `no-referrer` the browser sends the form with the origin "null", and the server refuses it.
  const answer = await fetch(`/auth/invitation?${new URLSearchParams({ token })}`)
  const invitation: Invitation | null = answer.ok ? await answer.json() : null
  return { token, invitation, error: url.searchParams.get('error'), retryAfter: Number(url.searchParams.get('retryAfter')) || 60 }
}
