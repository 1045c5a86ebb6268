/** English words go with English digits. */
const number = (value: number) => value.toLocaleString('en');

/** Every English word of the site, by page. Functions take what the sentence needs. */
export const text = {
  product: 'SecureZoom',
  titleOf: (page: string) => `${page} · SecureZoom`,

  shell: {
    skip: 'Skip to content',
    navigation: 'Main',
    meetings: 'Meetings',
    join: 'Join',
    audit: 'Audit',
    account: 'My account',
    accountOf: (name?: string) => (name ? `My account: ${name}` : 'My account'),
    signIn: 'Sign in with SSO',
    signOut: 'Sign out',
    loading: 'Loading',
    sandbox: 'Sandbox: nothing here reaches Zoom or a real person.',
  },

  home: {
    title: 'Meetings you can account for',
    pageTitle: 'Sign in',
    lead: 'Zoom meetings behind your company’s own sign-in. Who may join, who may host and who may read the trail is decided by your company, in every single call.',
    signingIn: 'Taking you to your company’s sign-in page …',
    invited: 'I have an invitation',
    reasonsTitle: 'What happens here',
    reasons: [
      {
        title: 'Why you sign in',
        body: 'Your company’s sign-in says who you are and which organisation you belong to. We keep no password of yours, and closing this page forgets the sign-in it holds.',
      },
      {
        title: 'Who may join',
        body: 'People of the organisation that owns a meeting, and those it invites by name. A meeting number that leaks opens nothing by itself.',
      },
      {
        title: 'What is recorded',
        body: 'Every meeting created, joined, ended or refused is one sentence in an audit trail that your auditors can check without trusting us.',
      },
    ],
  },

  callback: { title: 'Signing you in', working: 'Signing you in …' },

  signIn: {
    failedTitle: 'You are not signed in',
    failed:
      'Your sign-in was not completed or has ended. Nothing is wrong with your account; sign in again to go on.',
    neededTitle: 'Please sign in',
    needed: 'This page shows what your organisation lets you see, so it needs to know who you are.',
    refused: (reason: string) => `The sign-in service said: ${reason}`,
  },

  errors: {
    retry: 'Try again',
    retryIn: (seconds: number) =>
      seconds === 1 ? 'Please wait a second first.' : `Please wait ${seconds} seconds first.`,
    trace: (id: string) => `Reference for support: ${id}`,
    pageTitle: 'Something went wrong',
    crashed: 'This page stopped unexpectedly. Your meetings and the audit trail are not affected.',
    reload: 'Reload the page',
    configTitle: 'This site is not set up yet',
    config: 'Its settings (/config.json) are missing or wrong. The person who runs this site can mend that:',
    notFoundTitle: 'There is no such page',
    notFound: 'The address may be mistyped, or the page has moved.',
    home: 'Go to the first page',
  },

  problems: {
    codes: {
      unreachable: {
        title: 'The service cannot be reached',
        detail: 'Check your connection. If other sites work, the service may be down for a moment.',
      },
      sign_in_unreachable: {
        title: 'The sign-in service cannot be reached',
        detail:
          'You may still be signed in, but it has to say so from time to time. Check your connection and try again.',
      },
      signed_out: {
        title: 'Your sign-in has ended',
        detail: 'For your safety a sign-in does not last for ever. Sign in again to go on where you were.',
      },
      incomplete: {
        title: 'The export broke off',
        detail: 'It came without its last line, so something is missing. Please try again.',
      },
      organization_required: {
        title: 'Your sign-in names no organisation',
        detail:
          'Meetings belong to organisations. Sign in again and choose yours, or ask your administrator to add you.',
      },
      meeting_not_found: {
        title: 'No such meeting for you',
        detail:
          'There is no meeting with this number in your organisation. If another organisation invited you, use the link of the invitation.',
      },
      invalid_grant: {
        title: 'This invitation does not open the meeting',
        detail:
          'It may have expired, or it is made out to somebody else. Ask the person who invited you for a new one.',
      },
      insufficient_scope: {
        title: 'You may not do this',
        detail:
          'Your account lacks the permission. Under “My account” you see what you may do; your administrator can change it. A meeting that you are invited to opens by the link of its invitation.',
      },
      not_host: {
        title: 'Only the host may do this',
        detail: 'The meeting’s host, an alternative host or an administrator can do it.',
      },
      email_not_verified: {
        title: 'Your e-mail address is not verified',
        detail:
          'Hosting and invitations go by e-mail address, so it must be proved to be yours. Ask your administrator.',
      },
      mfa_required: {
        title: 'A second factor is needed',
        detail:
          'Your organisation lets people host only after a sign-in with a second factor. Sign out, then in again with it.',
      },
      no_zoom_account: {
        title: 'Zoom is not set up for your organisation',
        detail: 'Your administrator has to connect a Zoom account first.',
      },
      zoom_not_found: {
        title: 'Zoom does not know this',
        detail: 'The meeting was deleted at Zoom, or your address has no Zoom user. Ask your administrator.',
      },
      zoom_rate_limited: {
        title: 'Zoom’s limit is used up',
        detail: 'Zoom allows a certain number of changes, 100 a day for one host.',
      },
      audit_unavailable: {
        title: 'Not done, since it could not be recorded',
        detail:
          'What is not in the audit trail does not happen here. The trail is unavailable for a moment; please try again.',
      },
    },
    statuses: {
      400: { title: 'That was not accepted', detail: 'Please check what you entered.' },
      401: { title: 'Your sign-in has ended', detail: 'Sign in again to go on where you were.' },
      403: { title: 'You may not do this', detail: 'Your administrator can tell you why.' },
      404: { title: 'Not found', detail: 'It does not exist, or it is not your organisation’s.' },
      409: { title: 'It has changed meanwhile', detail: 'Reload the page to see how it is now.' },
      422: { title: 'Zoom did not accept that', detail: 'Please check what you entered.' },
      429: { title: 'Too many requests', detail: 'The limit for this is used up for now.' },
      502: {
        title: 'Zoom does not answer',
        detail: 'Zoom could not be reached. Please try again in a moment.',
      },
      503: { title: 'Unavailable for a moment', detail: 'Please try again shortly.' },
    },
    other: {
      title: 'That did not work',
      detail: 'Please try again. If it happens again, tell your administrator.',
    },
  },

  meetings: {
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
    number: 'Number',
    created: 'Meeting created',
    saved: 'Meeting saved',
    ended: 'Meeting ended',
    removed: 'Meeting deleted',
    invitation: {
      heading: (topic: string) => `You are invited to “${topic}”.`,
      when: (when: string) => `When: ${when}`,
      link: (url: string) => `Join: ${url}`,
      number: (number: string) => `Meeting number: ${number}`,
      colleagues: 'You need to sign in with your company account.',
      guests: (who: string) => `This invitation is for ${who} only and needs a sign-in.`,
    },
  },

  meetingForm: {
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
    cancel: 'Cancel',
    create: 'Create meeting',
    save: 'Save',
    working: 'Working …',
  },

  invite: {
    title: 'Invite others',
    lead: 'People of your organisation can join with their own sign-in. Anybody else needs an invitation made out to them: it opens this one meeting, as a participant, and only for them.',
    forWhom: 'For whom',
    email: 'One person',
    organization: 'A whole organisation',
    emailField: 'E-mail address they sign in with',
    organizationField: 'Organisation id',
    emailInvalid: 'Please enter an e-mail address.',
    organizationInvalid: 'Letters, digits, “_” and “-” only, as in org_globex.',
    validity: 'Valid for',
    create: 'Make invitation',
    ready: 'Invitation ready',
    expires: (when: string) => `Valid until ${when}`,
    link: 'Link',
    copyLink: 'Copy link',
    copyText: 'Copy invitation',
    another: 'Make another',
    close: 'Close',
  },

  confirm: {
    cancel: 'Cancel',
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
  },

  join: {
    title: 'Join a meeting',
    lead: 'Enter the meeting’s number, or paste the link that you were sent.',
    field: 'Meeting number or link',
    fieldHint: '9 to 11 digits, for example 812 3456 7890',
    invalid: 'This is neither a meeting number (9 to 11 digits) nor a link to a meeting.',
    action: 'Join meeting',
    actionSignIn: 'Sign in and join',
    invitedTitle: 'You have an invitation',
    invited:
      'It was made for you or your organisation, and your sign-in proves that it is you. It opens one meeting, as a participant.',
    invitedNumber: 'Meeting number from the invitation',
    who: 'You can join meetings of your own organisation, and meetings that you are invited to.',
  },

  room: {
    title: 'Meeting room',
    steps: {
      signingIn: 'Checking your sign-in',
      signing: 'Asking for permission to join',
      loading: 'Loading Zoom',
      joining: 'Connecting to Zoom',
    },
    number: (number: string) => `Meeting ${number}`,
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
      noPermission: 'Hosting needs the permission “meetings:host”, which your groups do not give you.',
      mfa: 'Hosting needs a sign-in with a second factor, and yours had none. Sign out, then in again with it.',
      unverified: 'Hosting needs a verified e-mail address, and your sign-in says that yours is not.',
      notHost: (host: string) => `Hosting needs to be the meeting’s host, ${host}, or an alternative host.`,
      notTheHost: 'Hosting needs to be the meeting’s host or an alternative host, and you are neither.',
      granted: 'Hosting needs to belong to the meeting’s organisation; an invitation lets you participate.',
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
  },

  audit: {
    title: 'Audit trail',
    lead: 'Who did what, newest first. Times are yours; open an entry for the details.',
    filters: 'Filters',
    from: 'Recorded from',
    to: 'Recorded until',
    action: 'Action',
    actor: 'Person’s e-mail or subject',
    meeting: 'Meeting number',
    outcome: 'Outcome',
    source: 'Reported by',
    organization: 'Organisation',
    any: 'Any',
    apply: 'Apply filters',
    clear: 'Clear filters',
    active: (count: number) => (count === 1 ? '1 filter' : `${count} filters`),
    list: 'Audit records',
    outcomes: { success: 'Done', denied: 'Denied', failure: 'Failed', intent: 'Intended' },
    sources: { app: 'SecureZoom', zoom: 'Zoom', okta: 'Okta', auth0: 'Auth0' },
    details: 'Details',
    more: 'Show more records',
    loadingMore: 'Loading more records …',
    end: 'That is all.',
    emptyTitle: 'Nothing recorded',
    empty: 'Nothing has been recorded that fits these filters.',
    emptyAll: 'Once somebody creates or joins a meeting, you see it here.',
    organizationTitle: 'Whose trail?',
    organizationLead:
      'You may read every organisation’s trail. Enter the organisation’s id, or open what belongs to none. Reading an export is itself on record.',
    organizationField: 'Organisation id',
    organizationInvalid: 'Letters, digits, “_” and “-” only, as in org_globex.',
    organizationOpen: 'Open its trail',
    unassigned: 'Open what belongs to no organisation',
    organizationOf: (id: string) =>
      id === 'unassigned' ? 'Events that belong to no organisation' : `Trail of ${id}`,
    verify: 'Verify the trail',
    charts: 'Show charts',
    chartsWhat:
      'Meetings, participants and denials per day. This reads all that fits the filters, and is on record.',
    chartsTitle: 'Day by day',
    chartsCounting: (records: number) => `${number(records)} records read`,
    chartsEmpty: 'No meeting, participant or denial fits these filters.',
    chartsTable: 'As a table',
    day: 'Day',
    series: { meetings: 'Meetings started', participants: 'Participants joined', denials: 'Denials' },
    chartOf: (name: string, total: number, days: number) =>
      `${name}: ${number(total)} in ${days === 1 ? 'one day' : `${number(days)} days`}. The numbers are in the table below.`,
    export: 'Export',
    exportCsv: 'As a table (CSV)',
    exportLines: 'As signed lines (NDJSON)',
    exporting: 'Exporting …',
    exported: (name: string) => `Saved as ${name}`,
    fields: {
      sequence: 'Sequence',
      id: 'Record id',
      occurredAt: 'Happened',
      recordedAt: 'Recorded',
      organization: 'Organisation',
      actor: 'Person',
      email: 'E-mail address',
      subject: 'Subject',
      issuer: 'Issuer',
      department: 'Department',
      actorType: 'Kind',
      action: 'Action',
      target: 'Target',
      meeting: 'Meeting',
      outcome: 'Outcome',
      reason: 'Reason',
      source: 'Reported by',
      ip: 'IP address',
      userAgent: 'Browser',
      requestId: 'Request',
      accountId: 'Zoom account',
      payloadHash: 'SHA-256 of the event',
    },
  },

  verify: {
    title: 'Verify the trail',
    lead: 'Your browser recomputes the whole trail and checks every signature. It takes nobody’s word for it, ours included.',
    back: 'Back to the audit trail',
    of: 'Trail',
    keyTitle: 'The key that signs',
    keyWhy:
      'Every five minutes the state of the trail is signed. The signature proves something only if the key is the right one: compare its fingerprint once with the one that your administrator gave you by another way than this site, then pin it. It stays in this browser.',
    fingerprint: 'Fingerprint',
    pinned: 'Pinned',
    pin: 'It is the same: pin this key',
    forget: 'Forget pinned keys',
    noKey: 'Nothing has been signed yet. The first signature comes within five minutes of the first record.',
    newKeyTitle: 'The key has changed',
    newKey:
      'Checkpoints are signed with a key that you have not pinned. If nobody told you about a new key, somebody may be forging the trail: pin it only after you have compared its fingerprint with your administrator.',
    goneTitle: 'All signatures are gone',
    gone: 'You have pinned a key, and there is no signature by any key. Somebody may have removed them.',
    start: 'Verify now',
    again: 'Verify again',
    stop: 'Stop',
    running: (records: number) => `${number(records)} records checked …`,
    preparing: 'Checking signatures …',
    progress: 'Verification',
    unbrokenTitle: 'Unbroken',
    unbroken: (records: number, since?: string) =>
      `${records === 1 ? '1 record' : `${number(records)} records`} unbroken${since ? ` since ${since}` : ''}`,
    covered: (time: string, sequence: number) => `covered to ${time} (record ${number(sequence)}).`,
    coveredMeaning:
      'No record up to there was changed, removed or added since it was signed. Later records are consistent; the next signature will cover them.',
    uncoveredTitle: 'Consistent, but not proved',
    uncovered: 'No signature by a pinned key covers them yet, so this proves little.',
    emptyTitle: 'Nothing recorded',
    empty: 'There is no record, and no signature says that there ever was one.',
    brokenTitle: (sequence?: number) =>
      sequence === undefined ? 'This trail is not to be trusted' : `Record ${number(sequence)} is wrong`,
    broken: (records: number) => `${number(records)} records were checked, and this was found:`,
    provedTo: (time: string, sequence: number) =>
      `What was recorded up to record ${number(sequence)} (signed ${time}) is unbroken.`,
    keepProof: 'Keep an export of what you see now, and tell whoever runs this service.',
    took: (seconds: string) => `Checked in this browser in ${seconds} s.`,
    problems: {
      misplaced: (sequence: number) => `In the place of record ${number(sequence)} is something else.`,
      changed: (sequence: number, signed: string) =>
        `Record ${number(sequence)} is not the one that the signature of ${signed} covers.`,
      missing: (sequence: number, to: number) =>
        `Records ${number(sequence)} to ${number(to)} were signed for, and are not there.`,
      count: (records: number, told: number) =>
        `The export has ${number(records)} records, and says that it has ${number(told)}.`,
      notGenuine: (index: number) => `Checkpoint ${number(index)} is not genuine.`,
      notPinned: (index: number, signer: string) =>
        `Checkpoint ${number(index)} is signed by ${signer}, which is not pinned.`,
      gap: (index: number) =>
        `Checkpoint ${number(index)} does not follow the one in front of it: one is missing or changed.`,
      gone: (signed: string) =>
        `The checkpoint of ${signed}, which this browser has seen before, is not there any more.`,
    },
  },

  me: {
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
  },
} as const;
