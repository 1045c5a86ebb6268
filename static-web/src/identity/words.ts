export const words = {
  signIn: 'Sign in with SSO',
  leaving: 'Taking you to your company’s sign-in page …',
  returningTitle: 'Signing you in',
  returning: 'Signing you in …',
  failedTitle: 'You are not signed in',
  failed: 'Your sign-in was not completed.',
  neededTitle: 'Please sign in',
  needed: 'This page shows what your organisation lets you see, so it needs to know who you are.',
  refused: (reason: string) => `The sign-in service said: ${reason}`,
  signedOut: {
    title: 'You are signed out',
    detail: 'You signed out in another tab of this browser. Sign in again to go on where you were.',
  },
  signedInAs: (email: string) => `You are signed in as ${email}.`,
  otherAccount: 'Use another account',
  retryingIn: (seconds: number) =>
    seconds > 1 ? `We try again in ${seconds} seconds.` : 'We try again now.',
  trace: (id: string) => `Reference for support: ${id}`,
} as const;
