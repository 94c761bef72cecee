import adapter from '@sveltejs/adapter-node'
import { sveltekit } from '@sveltejs/kit/vite'
import tailwindcss from '@tailwindcss/vite'
import { defineConfig } from 'vitest/config'
import type { Plugin } from 'vite'
import { generate } from './generate.ts'

generate()

/** Documents are written to be read, and travel without the room for it: the board's would be a kilobyte more. */
const documentsWithoutRoom: Plugin = {
  name: 'documents-without-room',
  apply: 'build',
  enforce: 'pre',
  transform: (code, id) =>
    /\/client\/src\/.*\.(ts|svelte)$/.test(id) && code.includes('graphql(')
      ? {
          code: code.replaceAll(
            /(graphql\(\s*`)([^`#]*)`/g,
            (_, start, document) => `${start}${document.replaceAll(/\s+/g, ' ').trim()}\``,
          ),
          map: null,
        }
      : undefined,
}

export default defineConfig({
  plugins: [
    documentsWithoutRoom,
    tailwindcss(),
    sveltekit({
      adapter: adapter({ out: 'build', precompress: true }),
      // Styles come with the page, 9 kB packed for all of them: the first paint waits for nothing else.
      inlineStyleThreshold: 64 * 1024,
      // The origin is not known when building: the adapter derives it from each request.
      csp: {
        mode: 'nonce',
        directives: {
          'default-src': ['self'],
          'script-src': ['self', 'strict-dynamic'],
          'style-src': ['self'],
          // One style attribute and no other: that of the element by which SvelteKit announces a new page.
          'style-src-attr': ['unsafe-hashes', 'sha256-S8qMpvofolR8Mpjy4kQvEm7m1q8clzU4dfDH0AmvZjo='],
          'img-src': ['self', 'data:'],
          'font-src': ['self'],
          'connect-src': ['self'],
          'object-src': ['none'],
          'base-uri': ['none'],
          'form-action': ['self'],
          'frame-ancestors': ['none'],
          'worker-src': ['self'],
          'manifest-src': ['self'],
        },
      },
      // By whoever switches push on, and by nobody else (`lib/notifications/push`).
      serviceWorker: { register: false },
    }),
  ],
  build: {
    rolldownOptions: {
      output: {
        // What nearly every page draws with comes in one file: thirty small ones pack worse and are asked for one by one.
        codeSplitting: {
          groups: [
            { name: 'common', test: /client\/src\/lib\/(ui|graph|language\/[a-z]+\.ts)/, minShareCount: 10 },
            // SvelteKit is given the page's version and data before its own modules read them: what gives them may not stand in a file with
            // those that read, or the version is never known, and every refused page is taken for a new release and loaded whole.
            { name: 'given', test: /kit\/src\/runtime\/client\/payload|vite\/preload-helper/, priority: 1 },
          ],
        },
      },
    },
  },
  // In development the API is another process; the built server is one.
  server: {
    proxy: Object.fromEntries(
      ['/graphql', '/auth'].map((path) => [
        path,
        { target: process.env.API_URL ?? 'http://localhost:3000', ws: path === '/graphql' },
      ]),
    ),
  },
  test: { environment: 'node', include: ['src/**/*.test.ts'] },
})
