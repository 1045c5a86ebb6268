import { words as uiWords } from '../ui/words';

/** What a failed call says: by the API's code, else by the status. */
export const words = {
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
    token_revoked: {
      title: 'Your access has ended',
      detail:
        'Your sign-in was ended where accounts are managed, so it opens nothing here any more. Sign in again; if that does not help, ask your administrator.',
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
    invalid_invitation: {
      title: 'This invitation does not open the meeting',
      detail: 'Ask the person who invited you for a new one.',
    },
    invitation_not_found: {
      title: 'There is no such invitation',
      detail: 'It has expired, or somebody has withdrawn it already.',
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
    email_domain_unknown: {
      title: 'Your e-mail address is not known to be your organisation’s',
      detail:
        'Hosting goes by an address in your organisation’s own e-mail domains. Ask your administrator to have them stated.',
    },
    too_many_groups: {
      title: 'Your sign-in lists too many groups',
      detail: 'Ask your administrator to send only the groups that SecureZoom knows.',
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
  invitations: {
    expired: {
      title: 'This invitation has expired',
      detail: 'It was good for a certain time, which is over. Ask the person who invited you for a new one.',
    },
    withdrawn: {
      title: 'This invitation was withdrawn',
      detail:
        'The host has taken it back, or the meeting was deleted or has another passcode now. Ask the person who invited you for a new one.',
    },
    damaged: {
      title: 'This invitation is not whole',
      detail:
        'Its link was probably cut when it was copied or sent. Open the whole link from the message that you got, or ask for it again.',
    },
    not_yours: {
      title: 'This invitation is not for you',
      detail:
        'It is made out to another address or organisation than the one that you are signed in with. If it is yours, use the account that it was sent to.',
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
    title: uiWords.unexpectedTitle,
    detail: 'Please try again. If it happens again, tell your administrator.',
  },
  signInAgain: 'Sign in again',
  signInBeside:
    'Sign in again in another tab, then come back and try once more: what you entered stays here.',
  retryNow: 'You can try again now.',
  retryIn: (seconds: number) =>
    seconds === 1 ? 'Please wait a second first.' : `Please wait ${seconds} seconds first.`,
} as const;
