import type { ServerProcess } from './serverProcess.ts'

/** Answer of a GraphQL request: data, errors, or both, with the response's status. */
export interface Answer<Data = Record<string, unknown>> {
  readonly status: number
  readonly data: Data | null | undefined
  readonly errors: readonly AnswerError[] | undefined
  readonly extensions?: Record<string, unknown>
}

export interface AnswerError {
  readonly message: string
  readonly path?: readonly (string | number)[]
  readonly extensions?: Record<string, unknown>
}

/** Somebody at the door, not signed in. */
export class Visitor {
  protected readonly server: ServerProcess
  readonly cookie: string | undefined
  /** The collaboration that requests name. */
  readonly slug: string | undefined

  constructor(server: ServerProcess, cookie?: string, slug?: string) {
    this.server = server
    this.cookie = cookie
    this.slug = slug
  }

  get origin(): string {
    return `http://localhost:${this.server.port}`
  }

  /** A request with the visitor's cookie; redirects are not followed. */
  fetch(path: string, init: RequestInit & { headers?: Record<string, string> } = {}): Promise<Response> {
    const headers = { ...(this.cookie && { cookie: this.cookie }), ...init.headers }
    return fetch(new URL(path, this.origin), { redirect: 'manual', ...init, headers })
  }

  /** A form as a page of ours sends it. */
  submit(path: string, fields: Record<string, string>, headers: Record<string, string> = {}): Promise<Response> {
    return this.fetch(path, { method: 'POST', body: new URLSearchParams(fields), headers: { origin: this.origin, ...headers } })
  }

  /** A GraphQL request, whatever comes of it. */
  async ask<Data = Record<string, unknown>>(
    document: string,
    variables: Record<string, unknown> = {},
    extensions?: Record<string, unknown>,
  ): Promise<Answer<Data>> {
    const response = await this.fetch('/graphql', {
      method: 'POST',
      headers: {
        'content-type': 'application/json',
        accept: 'application/graphql-response+json, application/json',
        origin: this.origin,
        ...(this.slug && { 'samsyn-collaboration': this.slug }),
      },
      body: JSON.stringify({ query: document, variables, extensions }),
    })
    const body = (await response.json()) as Omit<Answer<Data>, 'status'>
    return { ...body, data: body.data, errors: body.errors, status: response.status }
  }

  /** A GraphQL request that is expected to succeed. */
  async query<Data = Record<string, unknown>>(document: string, variables: Record<string, unknown> = {}): Promise<Data> {
    const { data, errors } = await this.ask<Data>(document, variables)
    if (errors || !data) throw new Error(`the query failed: ${JSON.stringify(errors)}`)
    return data
  }
}

/** The first cookie that a response sets, as the browser sends it back. */
export const cookieOf = (response: Response): string | undefined => response.headers.getSetCookie()[0]?.split(';')[0]
