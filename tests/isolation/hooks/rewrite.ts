import { registerHooks } from 'node:module'

/** Changes a module of the server before it is loaded. Fails where what is to be changed is not there any more. */
export const rewrite = (module: string, change: (source: string) => string): void => {
  registerHooks({
    load: (url, context, next) => {
      const loaded = next(url, context)
      if (!url.endsWith(`/server/src/${module}`)) return loaded
      const source = String(loaded.source)
      const changed = change(source)
      if (changed === source) throw new Error(`nothing to change in ${module}`)
      return { ...loaded, source: changed }
    },
  })
}
