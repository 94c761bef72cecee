import { plural } from '../plural.ts'

export const identity = {
  signIn: 'Logga in',
  welcome:
    'Samsyn är platsen där ni som har skrivit ett samverkansavtal arbetar som jämlikar: samma uppgifter, samma läge, samtidigt.',
  email: 'E-post',
  password: 'Lösenord',
  noAccount: 'Saknar du konto? Be en administratör hos din egen part om en inbjudan.',
  error: {
    WRONG: { title: 'E-posten eller lösenordet stämmer inte', text: 'Kontrollera stavningen och försök igen.' },
    SLOW: {
      title: 'För många försök',
      text: (seconds: number) =>
        seconds > 90
          ? `Vänta ${Math.ceil(seconds / 60)} minuter och försök igen.`
          : `Vänta ${seconds} ${plural(seconds, 'sekund', 'sekunder')} och försök igen.`,
    },
  },
  ended: 'Du behöver logga in igen',
  endedText:
    'Du är utloggad, till exempel för att du har loggat ut i ett annat fönster eller för att Samsyn har återställts från en säkerhetskopia. När du har loggat in kommer du tillbaka till det du hade öppet. Det du skrev som inte hann skickas finns kvar och skickas då.',
  demo: 'Prova som någon av dem',
  demoText: 'Det här är en demonstration med påhittade personer. Välj en och se samarbetet med den partens ögon.',
  yours: 'Dina samarbeten',
  choose: 'Välj ett samarbete.',
  noSeat: 'Du deltar inte i något samarbete',
  noSeatText: 'Be en administratör hos din part om en inbjudan.',
  left: 'Du deltar inte längre i samarbetet',
  leftText:
    'En administratör hos din part har tagit bort din plats, så det du hade öppet har stängts. Det du har skrivit finns kvar. Är det ett misstag kan de bjuda in dig igen.',
  invitation: {
    title: (name: string) => `Välkommen, ${name}`,
    text: (party: string, collaboration: string) => `Du är inbjuden att delta för ${party} i ${collaboration}.`,
    newPassword: 'Välj ett lösenord',
    passwordHint: 'Minst 12 tecken. Några vanliga ord efter varandra går bra.',
    hasPassword: 'Du har redan ett konto. Skriv ditt lösenord.',
    refused: 'Lösenordet duger inte, eller stämmer inte. Försök igen.',
    accept: 'Gå med',
    gone: 'Inbjudan gäller inte',
    goneText: 'Länken är för gammal, eller redan använd. Be om en ny, eller logga in om du har ett konto.',
  },
}
