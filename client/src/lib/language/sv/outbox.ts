import { plural } from '../plural.ts'

/** What has been done here and not yet reached the others. */
export const outbox = {
  waiting: (count: number) => `${count} väntar på att skickas`,
  failed: (count: number) => `${count} ${plural(count, 'ändring sparades', 'ändringar sparades')} inte`,
  title: 'Dina ändringar på väg',
  explain: 'Det du har skrivit finns kvar i den här webbläsaren och skickas av sig självt när anslutningen är tillbaka.',
  hurried:
    'Du har gjort mycket på kort tid, så servern ber dig vänta lite. Det du har skrivit finns kvar här och skickas av sig självt om en stund.',
  waits: 'Väntar',
  choose: 'Välj vilken som ska gälla',
  copy: 'Kopiera texten',
  copied: 'Kopierad',
  dismiss: 'Ta bort',
  act: {
    createTask: 'Ny uppgift',
    editTask: 'Ändrad uppgift',
    assignTask: 'Ansvariga och utförare',
    moveTask: 'Flyttad uppgift',
    archiveTask: 'Undanlagd uppgift',
    restoreTask: 'Återställd uppgift',
    writeComment: 'Ny kommentar',
    editComment: 'Ändrad kommentar',
    withdrawComment: 'Tillbakadragen kommentar',
    changeMember: 'Ändrad deltagare',
    readNotifications: 'Läst i inkorgen',
    unreadNotifications: 'Oläst i inkorgen',
    finishNotifications: 'Klart i inkorgen',
    reopenNotifications: 'Tillbaka i inkorgen',
    snoozeNotifications: 'Till senare i inkorgen',
    wakeNotifications: 'Framtaget i inkorgen',
  },
  other: 'En ändring',
}
