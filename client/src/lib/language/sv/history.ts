export const history = {
  archived: (day: string) => `Tidigare historik, till och med ${day}, är arkiverad.`,
}
