import type { DemoMember } from '#lib/ui/things.ts'
import type { PageServerLoad } from './$types'

const errors = ['WRONG', 'SLOW'] as const

/** The demo's members, where this is a demo; elsewhere that door does not exist. */
export const load: PageServerLoad = async ({ url, fetch }) => {
  const answer = await fetch('/auth/demo')
  const demo: DemoMember[] | null = answer.ok ? await answer.json() : null
  return {
    demo,
    error: errors.find((code) => code === url.searchParams.get('error')) ?? null,
    ended: url.searchParams.has('ended'),
    retryAfter: Number(url.searchParams.get('retryAfter')) || null,
    next: url.searchParams.get('next'),
  }
}
