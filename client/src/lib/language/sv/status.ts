/** How the hub itself fares. */
export const status = {
  intro: 'Så mår Samsyn just nu. Sidan frågar om var tionde sekund.',
  works: 'Allt fungerar',
  late: 'Något släpar efter',
  lateText: 'Inget är förlorat: det som väntar blir gjort när det går. Håller det i sig är det driften som ska få veta det.',
  unknown: 'Samsyn svarar inte just nu',
  unknownText: 'Det som står här är det som senast var känt.',
  onlyAdmins: 'Bara för administratörer',
  onlyAdminsText:
    'Den som är administratör hos er ser hur Samsyn mår. Slutar något att fungera för dig är det henne du vänder dig till.',
  parts: 'Del för del',
  part: {
    INBOX: 'Inkorgar',
    MAIL: 'E-post',
    PUSH: 'Notiser i webbläsaren',
    WEBHOOKS: 'Webhooks',
  },
  does: {
    INBOX: 'Gör aviseringar av det som händer.',
    MAIL: 'Skickar dem till den som vill ha dem så.',
    PUSH: 'Visar dem i webbläsare som någon har sagt till om.',
    WEBHOOKS: 'Skickar det som händer till era andra system.',
  },
  state: { WORKS: 'Fungerar', LATE: 'Släpar efter', OFF: 'Används inte' },
  waited: (seconds: number) =>
    seconds < 120 ? `Det äldsta har väntat ${seconds} sekunder.` : `Det äldsta har väntat ${Math.floor(seconds / 60)} minuter.`,
  version: 'Version',
  started: 'Startad',
}
