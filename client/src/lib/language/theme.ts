export type Theme = 'light' | 'dark'

/** Without a choice the system's own theme holds. */
export const chooseTheme = (chosen: unknown): Theme | null => (chosen === 'light' || chosen === 'dark' ? chosen : null)
