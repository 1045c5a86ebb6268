export const words = {
  title: 'Meetings',
  lead: (organization: string) => `Meetings of ${organization}`,
  create: 'New meeting',
  views: { current: 'Now and upcoming', past: 'Past' },
  now: 'Now',
  anyTime: 'At any time',
  nearDays: ['Yesterday', 'Today', 'Tomorrow'],
  nearDay: (name: string, day: string) => `${name}, ${day}`,
  startsIn: (time: string) => `Starts in ${time}`,
  startsNow: 'Starts now',
  due: (time: string) => `Was due to start ${time} ago`,
  filters: 'Find meetings',
  search: 'Search',
  otherFilters: (set: number) => (set === 0 ? 'Filters' : `Filters (${set})`),
  mine: 'Those that I host',
  from: 'From',
  to: 'To',
  clear: 'Clear filters',
  emptyTitle: 'No meetings yet',
  emptyHost:
    'Create the first one. Its waiting room is on and its passcode random, unless you say otherwise.',
  empty: 'When somebody in your organisation schedules a meeting, it appears here.',
  emptyPastTitle: 'No past meetings',
  emptyPast: 'Meetings come here once they have ended, with who was there and what was recorded.',
  noneTitle: 'Nothing found',
  none: 'No meeting fits these filters. Clear them to see all, or look among the past ones.',
  nonePast: 'No past meeting fits these filters. Clear them to see all.',
  noneYet: 'Nothing found so far',
  lookedTo: (when: string) => `Looked through meetings up to ${when}.`,
  lookedBackTo: (when: string) => `Looked through meetings back to ${when}.`,
  lookOn: 'Look further',
  loading: 'Loading …',
  list: 'List of meetings',
  more: 'Show more meetings',
  start: 'Start',
  join: 'Join',
  actions: (topic: string) => `More actions for ${topic}`,
  copy: 'Copy invitation',
  copied: 'Invitation copied',
  copyFailed: 'The browser did not allow copying',
  invite: 'Invite others …',
  edit: 'Edit …',
  end: 'End for everyone …',
  remove: 'Delete …',
  running: 'In progress',
  over: 'Ended',
  instant: 'At once',
  hostedBy: (email: string) => `Host: ${email}`,
  created: 'Meeting created',
  saved: 'Meeting saved',
  ended: 'Meeting ended',
  removed: 'Meeting deleted',
  opening: 'Meeting created: opening it …',
  cancel: 'Cancel',
  close: 'Close',
  working: 'Working …',
} as const;

/** Before a form that somebody has filled is thrown away. */
export const discardWords = {
  question: 'Throw away what you entered?',
  keep: 'Keep editing',
  discard: 'Throw away',
} as const;

export const recurrenceWords = {
  series: 'Repeats',
  withoutTimes: 'Repeats at no set time',
  units: { 1: 'day', 2: 'week', 3: 'month' },
  every: (interval: number, unit: string) =>
    interval === 1 ? `Every ${unit}` : `Every ${interval} ${unit}s`,
  on: (days: string) => `on ${days}`,
  onDay: (day: number) => `on day ${day}`,
  onThe: (which: string, day: string) => `on the ${which} ${day}`,
  days: ['Sun', 'Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat'],
  weeks: { [-1]: 'last', 1: 'first', 2: 'second', 3: 'third', 4: 'fourth' },
  times: (count: number) => (count === 1 ? 'once' : `${count} times`),
  until: (day: string) => `until ${day}`,
} as const;

/** The text that is copied and sent. */
export const invitationWords = {
  heading: (topic: string) => `You are invited to “${topic}”.`,
  when: (when: string) => `When: ${when}`,
  link: (url: string) => `Join: ${url}`,
  number: (number: string) => `Meeting number: ${number}`,
  colleagues: 'You need to sign in with your company account.',
  guests: (who: string) => `This invitation is for ${who} only and needs a sign-in.`,
} as const;

/** What is asked before something is done that cannot be undone. */
export const confirmWords = {
  end: {
    title: 'End this meeting for everyone?',
    body: (topic: string) =>
      `Everybody in “${topic}” is disconnected at once. This is recorded in the audit trail.`,
    action: 'End meeting',
  },
  remove: {
    title: 'Delete this meeting?',
    body: (topic: string) =>
      `“${topic}” is deleted at Zoom, all of it where it repeats, and its number and invitations stop working. Its audit records stay.`,
    action: 'Delete meeting',
  },
  occurrence: {
    title: 'Remove this one time?',
    body: (when: string) => `${when} is taken out of the series at Zoom. The other times stay.`,
    action: 'Remove',
  },
  withdraw: {
    title: 'Withdraw this invitation?',
    body: (who: string) =>
      `Within 15 seconds it opens the meeting for ${who} no more. Whoever is in the meeting already stays.`,
    action: 'Withdraw',
  },
  passcode: {
    title: 'Give the meeting a new passcode?',
    body: 'The one before stops working, and every invitation that is out is withdrawn: guests need new ones. People of your organisation notice nothing.',
    action: 'New passcode',
  },
} as const;
