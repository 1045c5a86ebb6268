export const words = {
  title: 'Meeting room',
  steps: {
    signingIn: 'Checking your sign-in',
    looking: 'Looking up the meeting',
    signing: 'Asking for permission to join',
    loading: 'Loading Zoom',
    joining: 'Connecting to Zoom',
  },
  back: 'Back to meetings',
  joinOther: 'Join another meeting',
  first: 'Go to the first page',
  cancel: 'Cancel',
  again: 'Try again',
  rejoin: 'Join again',
  roles: { 0: 'Participant', 1: 'Host' },
  leftTitle: 'You have left the meeting',
  left: 'It may still be going on without you.',
  badTitle: 'This link names no meeting',
  bad: 'The number in the address is missing or wrong. Open the meeting from your list, or enter its number.',
  enterNumber: 'Enter a number',
  signedOutTitle: 'Please sign in to join',
  signedOut:
    'Only people whom the meeting’s owner knows come in, so we need to know who you are. You return to this meeting afterwards.',
  lobby: {
    when: 'When',
    whenAny: 'No fixed time',
    host: 'Host',
    you: 'You',
    seenAs: (name: string, role: 0 | 1) => `${name}, ${role === 1 ? 'as the host' : 'as a participant'}`,
    recorded: 'Recording',
    recording: {
      cloud: 'The meeting is recorded in Zoom’s cloud from its start.',
      local: 'The meeting is recorded on the host’s computer from its start.',
      none: 'The meeting is not recorded by itself. Should the host record it, Zoom tells you.',
    },
    recordingUnknown: 'Should the host record the meeting, Zoom tells you.',
    audited: 'That you join is a line in the audit trail, with your name and the time.',
    member: 'The meeting is your organisation’s.',
    invited: 'You come by an invitation, so you participate.',
    waiting: 'Waiting for the host to start the meeting',
    waitingToHost: 'The meeting starts when you do',
    open: 'The meeting has not started; you may come in before the host',
    started: 'The meeting is running',
    ended: 'The meeting has ended',
    endedMore: 'Should the host start it again, you can still join.',
    outOfTouch: 'The service does not answer at the moment. We keep asking.',
    byItself: 'Join as soon as it starts',
    join: 'Join now',
    start: 'Start the meeting',
    startInstead: 'Start it as the host',
  },
  devices: {
    title: 'Camera and microphone',
    again: 'To try them here. Zoom asks for them again in the meeting.',
    camera: {
      name: 'Camera',
      on: 'Try the camera',
      off: 'Turn camera off',
      silent: 'The camera is off',
      asking: 'Your browser asks whether this page may use the camera.',
      denied:
        'Your browser does not let this page use the camera. You can allow it beside the address; joining goes on without.',
      missing: 'There is no camera. You can join without one.',
      busy: 'Another program uses the camera. Close it and try again, or join without.',
    },
    microphone: {
      name: 'Microphone',
      on: 'Try the microphone',
      off: 'Turn microphone off',
      silent: 'The microphone is off',
      asking: 'Your browser asks whether this page may use the microphone.',
      denied:
        'Your browser does not let this page use the microphone. You can allow it beside the address; joining goes on without.',
      missing: 'There is no microphone. You can join and listen.',
      busy: 'Another program uses the microphone. Close it and try again, or join without.',
    },
    level: 'Speak: the bar moves when you are heard.',
    unnamed: (index: number) => `Number ${index + 1}`,
  },
  loweredTitle: 'You join as a participant',
  lowered: {
    hosting_not_allowed: 'Hosting needs the permission “meetings:host”, which your groups do not give you.',
    mfa_required:
      'Hosting needs a sign-in with a second factor, and yours had none. Sign out, then in again with it.',
    email_not_verified: 'Hosting needs a verified e-mail address, and your sign-in says that yours is not.',
    email_domain_unknown:
      'Hosting needs an address in your organisation’s own e-mail domains, and yours is not known to be in one.',
    email_domains_unavailable:
      'Whether your address is in your organisation’s own e-mail domains cannot be looked up right now. Try again in a minute to host.',
    notHost: (host: string) => `Hosting needs to be the meeting’s host, ${host}, or an alternative host.`,
    not_the_host: 'Hosting needs to be the meeting’s host or an alternative host, and you are neither.',
    invitation: 'Hosting needs to belong to the meeting’s organisation; an invitation lets you participate.',
    member: 'This signature was asked for to participate.',
    host: 'You host this meeting.',
  },
  loweredWhat: 'Everything else works: you are let in once the host has started the meeting.',
  loweredJoin: 'Join as participant',
  sandboxTitle: 'This is the sandbox: there is no Zoom to call',
  sandbox:
    'Up to here everything was real: your sign-in, the decision about your role, the signature and Zoom’s own software, which was asked to join. With real settings you would be in the meeting now.',
  given: {
    title: 'What Zoom’s software was given',
    meetingNumber: 'Meeting number',
    role: 'Role',
    userName: 'Name shown to others',
    customerKey: 'Pseudonymous id',
    expires: 'Signature valid until',
    signature: 'Signature',
    passcode: 'Passcode',
    zak: 'Host key (ZAK)',
    withheld: 'given, not shown',
    none: 'none',
    claims: 'What the signature says',
    answer: 'What came of it',
  },
  outcomes: {
    unreachable: {
      title: 'Zoom cannot be reached',
      detail:
        'Your permission is fine, but Zoom did not answer. Check whether your network or a firewall blocks zoom.us, then try again.',
    },
    silent: {
      title: 'Zoom does not answer',
      detail:
        'We waited for 38 seconds. Check whether your network or a firewall blocks zoom.us, then try again.',
    },
    passcode: {
      title: 'The passcode is wrong',
      detail: 'It may have been changed at Zoom a moment ago. Try again; if that fails, ask the host.',
    },
    notStarted: {
      title: 'The meeting has not started',
      detail: 'The host has not opened it yet. Wait a moment and try again.',
    },
    ended: {
      title: 'The meeting is over',
      detail: 'It has been ended, or it does not exist at Zoom any longer.',
    },
    locked: { title: 'The meeting is locked', detail: 'The host has closed the door. Ask to be let in.' },
    full: { title: 'The meeting is full', detail: 'Nobody else can join until somebody leaves.' },
    otherMeeting: {
      title: 'You are in another meeting',
      detail:
        'Zoom says that you, or the host, are in a meeting already. Leave or end that one, then try again.',
    },
    zoomSignIn: {
      title: 'This meeting asks for a Zoom sign-in',
      detail:
        'The host lets in only people who are signed in at Zoom. Ask the host to allow this site’s participants.',
    },
    blocked: {
      title: 'Zoom does not let you in',
      detail: 'The rules of the host’s Zoom account keep you out. Ask the host about it.',
    },
    browser: {
      title: 'This meeting cannot be joined from a browser',
      detail: 'The host’s settings allow only Zoom’s own apps.',
    },
    removed: {
      title: 'The host removed you',
      detail: 'You cannot join this meeting again unless the host allows it.',
    },
    expired: {
      title: 'The permission to join has expired',
      detail:
        'It lasts for two hours at most. Try again to get a new one; also check that your computer’s clock is right.',
    },
    signature: {
      title: 'Zoom did not accept our signature',
      detail:
        'This is our fault, not yours: the keys set for this site do not fit Zoom’s. Please tell your administrator.',
    },
    role: {
      title: 'Zoom did not accept the role',
      detail:
        'You asked to host, and Zoom does not know you as host of this meeting. Join it as a participant, or tell your administrator.',
    },
    token: {
      title: 'Zoom did not accept your host key',
      detail: 'It lasts for a short time. Try again to get a new one.',
    },
    parameter: {
      title: 'Zoom did not understand the request',
      detail:
        'The meeting number or your name was not accepted. Open the meeting from your list and try again.',
    },
    outdated: {
      title: 'This site uses an outdated Zoom version',
      detail: 'Zoom no longer accepts it. Please tell your administrator.',
    },
    registration: {
      title: 'This meeting needs a registration',
      detail: 'Zoom lets in only people who registered. Ask the host for the registration link.',
    },
    assets: {
      title: 'Zoom’s software could not be loaded',
      detail: 'It comes from this site. Check your connection and try again.',
    },
    unknown: { title: 'Joining did not work', detail: 'Zoom gave a reason that we do not know.' },
  },
  code: (code: number) => `Zoom’s code: ${code}`,
} as const;
