export const words = {
  title: 'My account',
  lead: 'What your company’s sign-in told us about you, and what follows from it.',
  whoTitle: 'Who I am',
  name: 'Name',
  email: 'E-mail address',
  verified: 'verified',
  unverified: 'not verified: it does not count for hosting or invitations',
  organization: 'Organisation',
  noOrganization: 'None. Sign in again and choose one, or ask your administrator.',
  department: 'Department',
  subject: 'Subject',
  unknown: 'Not told',
  mayTitle: 'What I may do',
  mayNothing: 'Your groups give you no permission. You can join meetings that you are invited to.',
  permissions: {
    'meetings:join': 'See and join the meetings of my organisation',
    'meetings:host': 'Create meetings and host my own',
    'meetings:manage': 'Change, end and delete any meeting of my organisation',
    'audit:read': 'Read my organisation’s audit trail',
    'access:revoke': 'Sign people out everywhere',
    'audit:erase': 'Have a person forgotten in my organisation’s audit trail',
    'audit:read:any': 'Read every organisation’s audit trail',
  },
  givenBy: (groups: readonly string[]) =>
    groups.length === 0 ? 'given to you by name' : `given by ${groups.join(' and ')}`,
  mayHostWithMfa:
    'Your groups let you host, but only after a sign-in with a second factor. Sign out, then in again with it.',
  groupsTitle: 'My groups',
  noGroups: 'You are in no group.',
  groupsWhy:
    'Your administrator decides who is in which group, and which group may do what. A change counts from your next sign-in on.',
} as const;

/** Whose trail is read. */
export const trailWords = {
  title: 'Whose trail?',
  lead: 'You may read every organisation’s trail. Enter the organisation’s id, or open what belongs to none. Reading an export is itself on record.',
  open: 'Open its trail',
  unassigned: 'Open what belongs to no organisation',
  of: (organization: string) => `Trail of ${organization}`,
  ofNone: 'Events that belong to no organisation',
} as const;
