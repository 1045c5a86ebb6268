export const words = {
  skip: 'Skip to content',
  navigation: 'Main',
  meetings: 'Meetings',
  join: 'Join',
  audit: 'Audit',
  security: 'Security',
  account: 'My account',
  accountOf: (name?: string) => (name ? `My account: ${name}` : 'My account'),
  signOut: 'Sign out',
  notFoundTitle: 'There is no such page',
  notFound: 'The address may be mistyped, or the page has moved.',
  home: 'Go to the first page',
} as const;
