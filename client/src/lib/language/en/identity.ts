import { plural } from '../plural.ts'

export const identity = {
  signIn: 'Sign in',
  welcome:
    'Samsyn is where those who have signed a cooperation agreement work as peers: the same tasks, the same state, at the same time.',
  email: 'E-mail',
  password: 'Password',
  noAccount: 'No account? Ask an administrator of your own party for an invitation.',
  error: {
    WRONG: { title: 'The e-mail or the password is not right', text: 'Check the spelling and try again.' },
    SLOW: {
      title: 'Too many attempts',
      text: (seconds: number) =>
        seconds > 90
          ? `Wait ${Math.ceil(seconds / 60)} minutes and try again.`
          : `Wait ${seconds} ${plural(seconds, 'second', 'seconds')} and try again.`,
    },
  },
  ended: 'You need to sign in again',
  endedText:
    'You are signed out, for example because you signed out in another window or because Samsyn was restored from a backup. Once you have signed in you come back to what you had open. What you wrote that had not been sent is kept, and is sent then.',
  demo: 'Try it as one of them',
  demoText: 'This is a demonstration with made-up people. Choose one and see the collaboration through that party’s eyes.',
  yours: 'Your collaborations',
  choose: 'Choose a collaboration.',
  noSeat: 'You take part in no collaboration',
  noSeatText: 'Ask an administrator of your party for an invitation.',
  left: 'You no longer take part in the collaboration',
  leftText:
    'An administrator of your party has removed your seat, so what you had open was closed. What you have written remains. If it is a mistake they can invite you again.',
  invitation: {
    title: (name: string) => `Welcome, ${name}`,
    text: (party: string, collaboration: string) => `You are invited to take part for ${party} in ${collaboration}.`,
    newPassword: 'Choose a password',
    passwordHint: 'At least 12 characters. A few ordinary words in a row will do.',
    hasPassword: 'You already have an account. Write your password.',
    refused: 'The password will not do, or is not right. Try again.',
    accept: 'Join',
    gone: 'The invitation is not valid',
    goneText: 'The link is too old, or already used. Ask for a new one, or sign in if you have an account.',
  },
}
