export const words = {
  title: 'Meetings',
  lead: (organization: string) => `Meetings of ${organization}`,
  create: 'New meeting',
  sections: { now: 'Now', upcoming: 'Upcoming', past: 'Past' },
  emptyTitle: 'No meetings yet',
  emptyHost:
    'Create the first one. Its waiting room is on and its passcode random, unless you say otherwise.',
  empty: 'When somebody in your organisation schedules a meeting, it appears here.',
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
  instant: 'Instant meeting',
  hostedBy: (email: string) => `Host: ${email}`,
  created: 'Meeting created',
  saved: 'Meeting saved',
  ended: 'Meeting ended',
  removed: 'Meeting deleted',
  cancel: 'Cancel',
  working: 'Working …',
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

export const formWords = {
  createTitle: 'New meeting',
  editTitle: 'Edit meeting',
  topic: 'Topic',
  topicMissing: 'Please give the meeting a topic.',
  topicTooLong: 'Zoom allows 200 characters.',
  type: 'When',
  scheduled: 'At a set time',
  instant: 'Right now',
  start: 'Starts',
  startMissing: 'Please choose a date and a time.',
  startPast: 'This time has passed.',
  startSkipped: 'This time does not exist on that day: the clocks go forward.',
  timeZone: 'Time zone',
  timeZoneUnknown: 'Please choose a time zone from the list.',
  duration: 'Duration',
  agenda: 'Agenda',
  agendaTooLong: 'Zoom allows 2,000 characters.',
  optional: 'Optional',
  recording: 'Recording',
  recordings: { none: 'Not recorded', cloud: 'In the Zoom cloud', local: 'On the host’s computer' },
  waitingRoom: 'Waiting room',
  waitingRoomHint: 'People wait until the host lets them in.',
  waitingRoomOff: 'Whoever may join comes in without waiting.',
  create: 'Create meeting',
  save: 'Save',
} as const;

export const inviteWords = {
  title: 'Invite others',
  lead: 'People of your organisation can join with their own sign-in. Anybody else needs an invitation made out to them: it opens this one meeting, as a participant, and only for them.',
  forWhom: 'For whom',
  email: 'One person',
  organization: 'A whole organisation',
  emailField: 'E-mail address they sign in with',
  emailInvalid: 'Please enter an e-mail address.',
  validity: 'Valid for',
  create: 'Make invitation',
  ready: 'Invitation ready',
  expires: (when: string) => `Valid until ${when}`,
  link: 'Link',
  copyLink: 'Copy link',
  copyText: 'Copy invitation',
  another: 'Make another',
  close: 'Close',
} as const;

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
      `“${topic}” is deleted at Zoom, and its number and invitations stop working. Its audit records stay.`,
    action: 'Delete meeting',
  },
} as const;
