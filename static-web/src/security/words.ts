import type { Attention } from '../api/types';
import { formatCount } from '../format/count';

const times = (count: number) => (count === 1 ? 'once' : `${formatCount(count)} times`);

/** Reasons and factors as people read them: `wrong_password` is a wrong password. */
const plain = (code: string) => code.replaceAll('_', ' ');

export const words = {
  title: 'Security',
  lead: 'Who signs in, who fails, and what they do then.',
  filterHint: 'The figures are of everybody. A filter leads to the records that fit it.',
  counted: (from: string, to: string) => `Counted from ${from} to ${to}, by what happened then.`,
  hour: 'Hour',
  day: 'Day (UTC)',
  plain,
  before: (value: string) => `Before: ${value}`,
  beforeWhole: (by: 'hour' | 'day', now: string, before: string) => `Whole ${by}s: ${now}; before: ${before}`,
  compared: (to: string, from: string, until: string) =>
    `Compared is what is whole, until ${to}, with as long before it (${from} to ${until}).`,
  sourceOf: (name: string, number: number, all: number) => `${name} (${number} of ${all})`,
  percent: (share: number | undefined) => (share === undefined ? '–' : `${Math.round(share * 100)} %`),
  atLeast: (count: number) => `${formatCount(count)} or more`,
  records: 'Show the records',
  recordsOf: (what: string) => `Show the records: ${what}`,
  noneYet: 'Nothing in this period.',
  tiles: {
    activeHour: 'Active people in the busiest hour',
    activeDay: 'Active people on the busiest day',
    signIns: 'Sign-ins',
    failureRate: 'Of all attempts failed',
    locked: 'Locked now',
    factor: 'Active with a second factor',
    sources: 'Heard from',
  },
  heard: (name: string, when: string) => `${name}: ${when}`,
  silent: (name: string, when: string | undefined) =>
    when === undefined ? `${name}: never heard` : `${name}: silent since ${when}`,
  noSource: 'No identity provider is connected, so sign-ins are not seen here.',
  signInsTitle: 'Sign-ins',
  succeeded: 'Signed in',
  failed: 'Failed',
  lockouts: 'Lockouts',
  factorsDenied: 'Second factors denied',
  signInsSaid: (succeeded: number, failed: number, lockouts: number) =>
    `People signed in ${times(succeeded)} and failed ${times(failed)}. ${lockouts === 0 ? 'No account was locked.' : `Accounts were locked ${times(lockouts)}.`}`,
  reasonsTitle: 'Why sign-ins failed',
  reason: 'Reason',
  count: 'Count',
  reasonsSaid: (reason: string, count: number) => `Most often: ${plain(reason)}, ${times(count)}.`,
  peopleTitle: 'People by failures',
  person: 'Person',
  peopleSaid: (person: string, count: number) => `${person} failed most, ${times(count)}.`,
  addressesTitle: 'Addresses by failures',
  address: 'IP address',
  people: 'People',
  addressesSaid: (ip: string, count: number) => `Most failures, ${formatCount(count)}, came from ${ip}.`,
  spray: 'Many people from one address',
  takeover: 'Failed, and signed in',
  leastOf: 'Of each hour or day the ten with the most count, so a sum is at least so many.',
  factorsTitle: 'Second factors',
  factor: 'Factor',
  factorsSaid: (challenged: number, succeeded: number, denied: number) =>
    `Asked for ${times(challenged)}, shown ${times(succeeded)}, denied ${times(denied)}.`,
  activeTitle: 'Active people a day',
  active: 'Active people',
  week: 'Mean of seven days',
  activeSaid: (most: number, day: string) => `At most ${formatCount(most)} in one day, on ${day}.`,
  deniedTitle: 'Denials and lowered roles',
  denied: (count: number, lowered: number) =>
    `We refused ${count === 1 ? 'one call' : `${formatCount(count)} calls`}. Host was asked for, and participant given, ${times(lowered)}.`,
  attentionTitle: 'Needs attention',
  attention: {
    locked: (who: string) => `${who} was locked out.`,
    success_after_failures: (who: string) =>
      `${who} signed in after at least five failures. Somebody may have guessed the password.`,
    factor_denied_repeatedly: (who: string) =>
      `${who} was denied the second factor again and again. Somebody may have the password.`,
    refused_after_sign_in: (who: string) => `${who} signed in, and was refused by us.`,
    joined_without_sign_in: (who: string) => `${who} joined a meeting for which we had signed nothing.`,
    other_network: (who: string) =>
      `${who} asked for a signature from another network than that of the sign-in.`,
  } satisfies Record<Attention['code'], (who: string) => string>,
  showAll: (count: number) => `Show all ${formatCount(count)}`,
  attentionOther: (who: string, code: string) => `${who}: ${plain(code)}`,
  from: (ip: string) => `From ${ip}`,
  record: 'The record',
  story: 'Everything about this person',
  signOut: 'Sign out everywhere …',
} as const;

export const signOutWords = {
  title: (who: string) => `Sign ${who} out everywhere?`,
  body: 'Within 15 seconds no token of an earlier sign-in is taken any more. Who is in a meeting stays there: what is open is shown next, and can be ended. It is recorded, with the reason.',
  reason: 'Reason',
  reasonMissing: 'Please give a reason.',
  action: 'Sign out everywhere',
  working: 'Working …',
  cancel: 'Cancel',
  close: 'Close',
  doneTitle: (who: string) => `${who} is signed out`,
  done: 'Tokens end within 15 seconds.',
  meetingsTitle: 'Meetings that still run',
  signaturesTitle: 'Signatures that are still out',
  signature: (meeting: string, role: string, until: string) =>
    `Meeting ${meeting}, as ${role}, until ${until}`,
  roles: { 0: 'participant', 1: 'host' },
  nothingOpen: 'No meeting of theirs runs, and no signature is out.',
  end: 'End meeting',
  ended: 'Ended',
} as const;

export const storyWords = {
  title: (person: string) => `Everything about ${person}`,
  lead: 'Newest first, grouped by sign-in. Groups are by time, and help to read; only the records are evidence.',
  empty: 'Nothing is recorded of this person under this name.',
  emptyTitle: 'Nothing recorded',
  session: 'Signed in',
  attempts: 'Tried to sign in',
  other: 'Without a sign-in that we know of',
  from: (ip: string) => `from ${ip}`,
  with: (factor: string) => `with ${plain(factor)}`,
  on: (device: string) => `on ${device}`,
  stayed: (duration: string) => `after ${duration}`,
  entries: (title: string) => `Records: ${title}`,
  details: 'Details',
  earlier: 'Show what was before',
  loading: 'Loading …',
  evidence: 'Evidence file about this person',
  records: 'Show as a list of records',
  back: 'Back to security',
} as const;
