import { defineEnvVars } from '@sveltejs/kit/env'

export const variables = defineEnvVars({
  API_URL: {
    description: 'Address of the API while the pages are served by another process (development). The built server needs none.',
    schema: (value) => value,
  },
})
