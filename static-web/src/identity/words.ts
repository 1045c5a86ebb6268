export const words = {
  signIn: 'Sign in with SSO',
  leaving: 'Taking you to your company’s sign-in page …',
  returningTitle: 'Signing you in',
  returning: 'Signing you in …',
  failedTitle: 'You are not signed in',
  failed:
    'Your sign-in was not completed or has ended. Nothing is wrong with your account; sign in again to go on.',
  neededTitle: 'Please sign in',
  needed: 'This page shows what your organisation lets you see, so it needs to know who you are.',
  refused: (reason: string) => `The sign-in service said: ${reason}`,
  retry: 'Try again',
  trace: (id: string) => `Reference for support: ${id}`,
} as const;
