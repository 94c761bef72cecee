/** The shape of a dictionary without its words: strings stay strings, functions keep their parameters. */
export type Like<T> = T extends string
  ? string
  : T extends (...parameters: infer P) => string
    ? (...parameters: P) => string
    : { readonly [K in keyof T]: Like<T[K]> }
