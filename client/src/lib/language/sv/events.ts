/** What happened, as the rest of a sentence that begins with who did it. Also for one polite announcement of many. */
export const events = {
  kind: {
    'task.created': 'skapade uppgiften',
    'task.edited': 'ändrade uppgiften',
    'task.assigned': 'ändrade vem som gör uppgiften',
    'task.moved': 'flyttade uppgiften',
    'task.shared': 'delade uppgiften',
    'task.archived': 'lade undan uppgiften',
    'task.restored': 'återställde uppgiften',
    'comment.written': 'skrev en kommentar',
    'comment.edited': 'ändrade en kommentar',
    'comment.withdrawn': 'drog tillbaka en kommentar',
    'member.invited': 'bjöd in en person',
    'member.joined': 'kom med',
    'member.changed': 'ändrade uppgifter om en person',
    'member.removed': 'tog bort en person',
    'party.admitted': 'tog in en part',
  },
  other: 'ändrade något',
  somebody: 'Någon',
  one: (who: string, what: string, title: string | null) => (title ? `${who} ${what}: ${title}` : `${who} ${what}`),
  many: (count: number) => `${count} ändringar av andra`,
}
