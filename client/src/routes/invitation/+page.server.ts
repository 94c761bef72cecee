import type { PageServerLoad } from './$types'

type Invitation = { name: string; party: string; collaboration: string; email: string; hasPassword: boolean }

export const load: PageServerLoad = async ({ url, fetch, setHeaders }) => {
  const token = url.searchParams.get('token') ?? ''
  // The token stands in the address: it must not travel on in a Referer.
  setHeaders({ 'referrer-policy': 'no-referrer' })
  const answer = await fetch(`/auth/invitation?${new URLSearchParams({ token })}`)
  const invitation: Invitation | null = answer.ok ? await answer.json() : null
  return { token, invitation, error: url.searchParams.get('error') }
}
