import type { IncomingMessage } from 'node:http'
import type { Locale } from '#lib/language/locale.ts'

declare global {
  namespace App {
    interface Error {
      /** Finds the error in the server's log. */
      reference?: string
    }
    interface Locals {
      locale: Locale
      theme: 'light' | 'dark' | null
    }
    interface Platform {
      /** `graphql` reaches the API in the same process, as whoever asks for the page. */
      req: IncomingMessage & { graphql?: (request: Request) => Promise<Response> }
    }
  }
}

export {}
