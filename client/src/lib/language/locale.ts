export type Locale = 'sv' | 'en'
export const isLocale = (value: unknown): value is Locale => value === 'sv' || value === 'en'

/** The reader's language: what they chose here, else what their browser asks for first, else Swedish. */
export const chooseLocale = (chosen: string | undefined, accepted: string | null): Locale => {
  if (isLocale(chosen)) return chosen
  const wishes = (accepted ?? '')
    .split(',')
    .map((wish) => {
      const [tag = '', ...parameters] = wish.trim().split(';')
      const quality = parameters.map((parameter) => /^\s*q=([\d.]+)$/.exec(parameter)?.[1]).find(Boolean)
      return { language: tag.split('-')[0]?.toLowerCase(), quality: quality === undefined ? 1 : Number(quality) }
    })
    .sort((a, b) => b.quality - a.quality)
  for (const { language } of wishes) if (isLocale(language)) return language
  return 'sv'
}
