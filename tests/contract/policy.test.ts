import { CspEvaluator, DEFAULT_CHECKS, STRICTCSP_CHECKS } from 'csp_evaluator/dist/evaluator.js'
import { Severity, Type } from 'csp_evaluator/dist/finding.js'
import { CspParser } from 'csp_evaluator/dist/parser.js'
import { Version } from 'csp_evaluator/dist/csp.js'
import { afterAll, describe, expect, test } from 'vitest'
import { openWorld } from '../world/world.ts'

// What a browser is told about what a page may run, load and send: looked at by the tool of those who wrote the policy's standard.

const world = await openWorld()
afterAll(world.close)
const torsby = await world.as('Torsby')

const policyOf = async (path: string, who: { fetch: typeof torsby.fetch } = torsby): Promise<string> =>
  (await who.fetch(path)).headers.get('content-security-policy') ?? expect.fail(`${path} comes without a policy`)
const pages = { 'the way in': '/sign-in', 'the board': '/c/sutohamu/tasks', 'the agreement': '/c/sutohamu/agreement' }
const directives = (policy: string) =>
  new Map(policy.split(';').map((directive) => [directive.trim().split(' ')[0], directive.trim().split(' ').slice(1)]))

/**
 * Advice that is not taken: `'unsafe-inline'`, `https:` and `http:` would let browsers that know neither nonces nor `strict-dynamic` run
 * more, not less. The rest is information: trusted types, which our frameworks do not make yet, and somebody to report to.
 */
const ADVICE = new Set([Type.UNSAFE_INLINE_FALLBACK, Type.ALLOWLIST_FALLBACK])

describe.each(Object.entries(pages))('%s', (name, path) => {
  test('has nothing of weight to remark on', async () => {
    const policy = await policyOf(path, path === '/sign-in' ? world.visitor() : torsby)
    const evaluator = new CspEvaluator(new CspParser(policy).csp, Version.CSP3)
    const findings = evaluator.evaluate(undefined, [...DEFAULT_CHECKS, ...STRICTCSP_CHECKS])
    const told = findings.map(
      ({ severity, type, directive, value }) => `${Severity[severity]} ${Type[type]} ${directive} ${value}`,
    )
    console.log(`${name}: ${told.join('; ') || 'nothing to remark'}`)
    const weighty = findings.filter(({ severity, type }) => severity < Severity.INFO && !ADVICE.has(type))
    expect(weighty.map(({ type, description }) => `${Type[type]}: ${description}`)).toEqual([])
  })

  test('runs what carries this answer’s nonce and nothing inline; styles too', async () => {
    const policy = directives(await policyOf(path, path === '/sign-in' ? world.visitor() : torsby))
    expect([...policy.values()].flat()).not.toContain("'unsafe-inline'")
    expect([...policy.values()].flat()).not.toContain("'unsafe-eval'")
    expect(policy.get('script-src')).toContainEqual(expect.stringMatching(/^'nonce-[\w+/=]{16,}'$/))
    expect(policy.get('script-src')).toContain("'strict-dynamic'")
    expect(policy.get('style-src')).toContain("'self'")
    for (const nothing of ['object-src', 'base-uri', 'frame-ancestors']) expect(policy.get(nothing)).toEqual(["'none'"])
  })
})

test('a nonce is used once', async () => {
  const [one, other] = [await policyOf('/c/sutohamu/tasks'), await policyOf('/c/sutohamu/tasks')]
  expect(directives(one).get('script-src')).not.toEqual(directives(other).get('script-src'))
})
