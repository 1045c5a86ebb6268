export const words = {
  title: 'Meeting room',
  steps: {
    signingIn: 'Checking your sign-in',
    signing: 'Asking for permission to join',
    loading: 'Loading Zoom',
    joining: 'Connecting to Zoom',
  },
  back: 'Back to meetings',
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
