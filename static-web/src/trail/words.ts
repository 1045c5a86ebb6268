import type { AuditOutcome, AuditSource } from '../api/types';
import { formatCount } from '../format/count';

const outcomes = {
  success: 'Done',
  denied: 'Denied',
  failure: 'Failed',
  intent: 'Intended',
} satisfies Record<AuditOutcome, string>;

const sources = {
  app: 'SecureZoom',
  zoom: 'Zoom',
  okta: 'Okta',
  auth0: 'Auth0',
} satisfies Record<AuditSource, string>;

/** What a record holds, and how far it is proved. */
export const words = {
  outcomes,
  sources,
  erased: '[erased]',
  erasedBy: (by: readonly number[]) =>
    by.length === 1
      ? `Erased, authorised by record ${by[0]}`
      : `Erased, authorised by records ${by.join(', ')}`,
  record: (sequence: number) => `Record ${formatCount(sequence)}`,
  signed: (size: number, time: string) =>
    `The server says: one of the ${formatCount(size)} records that were signed by ${time}`,
  notSigned: (size: number) =>
    `The server says: not signed yet, as the first ${formatCount(size)} are. The trail is signed every five minutes`,
  signedUnknown: 'The server does not say whether this record is signed',
  provesIt: 'What proves it is its evidence file, which the page Verify checks in your browser.',
  asking: 'Asking the server whether this record is signed …',
  shieldSigned: (sequence: number, time: string) =>
    `The server says: signed to record ${formatCount(sequence)}, at ${time}`,
  shieldWaiting: 'The server says: nothing is signed yet, so nothing is proved',
  shieldWrong: (detail: string) => `The server finds something wrong. ${detail}`,
  wrongElsewhere: (detail: string) =>
    `The server finds something wrong in this trail, and does not name this record. ${detail}`,
  otherTrail: 'Another organisation’s trail',
  ownTrail: 'Your own trail',
  openRecord: 'Open as a page',
  copyLink: 'Copy link',
  copyJson: 'Copy JSON',
  copied: 'Copied',
  copyFailed: 'The browser did not allow copying',
  close: 'Close',
  json: 'JSON',
  jsonOf: (sequence: number) => `Record ${sequence} as JSON`,
  evidence: 'Evidence file',
  preparing: 'Preparing …',
  saved: (name: string) => `Saved as ${name}`,
  siblings: 'Other records of the same deed',
  valueActions: (name: string, value: string) => `${name}: ${value}`,
  onlyThis: 'Only this',
  onlyThisHere: 'Only this, in this browser',
  notThis: 'Leave out, in this browser',
  copy: 'Copy',
  story: 'Everything about this person',
  fields: {
    erasedBy: 'Erased by record',
    sequence: 'Sequence',
    id: 'Record id',
    occurredAt: 'Happened',
    recordedAt: 'Recorded',
    organization: 'Organisation',
    'actor.name': 'Person',
    'actor.email': 'E-mail address',
    'actor.subject': 'Subject',
    'actor.issuer': 'Issuer',
    'actor.department': 'Department',
    'actor.organizationName': 'Organisation’s name',
    'actor.type': 'Kind',
    action: 'Action',
    'target.type': 'Target',
    'target.id': 'Target’s id',
    'target.name': 'Target’s name',
    meeting: 'Meeting',
    outcome: 'Outcome',
    reason: 'Reason',
    source: 'Reported by',
    'client.ip': 'IP address',
    'client.userAgent': 'Browser',
    'client.requestId': 'Request',
    operation: 'Operation',
    accountId: 'Zoom account',
  },
} as const;

/** What of a trail is looked at. */
export const filterWords = {
  title: 'Filters',
  names: {
    person: 'Person',
    ip: 'IP address',
    action: 'Action',
    outcome: 'Outcome',
    source: 'Reported by',
    meeting: 'Meeting number',
    text: 'Text',
  },
  hints: {
    person: 'An e-mail address, a subject, or a key at Zoom',
    ip: 'As in 203.0.113.7',
    action: 'As in signin.failed',
    outcome: '',
    source: '',
    meeting: 'As in 812 3456 7890',
    text: 'Two letters or more of a sentence, a name, a reason',
  },
  period: 'Period',
  periods: {
    all: 'All time',
    hour: 'Last hour',
    day: 'Last 24 hours',
    week: 'Last 7 days',
    month: 'Last 30 days',
    between: 'From – to',
  },
  from: 'From',
  to: 'Until',
  apply: 'Apply',
  zone: 'Time zone',
  ownZone: (zone: string) => `Yours (${zone})`,
  by: 'Filter by',
  value: 'Value',
  choose: 'Choose …',
  add: 'Add filter',
  missing: 'Please enter what to look for.',
  remove: (text: string) => `Remove filter ${text}`,
  chip: (name: string, value: string) => `${name}: ${value}`,
  only: (name: string, value: string) => `In this browser: ${name} is ${value}`,
  not: (name: string, value: string) => `In this browser: ${name} is not ${value}`,
  counted: (from: string, to: string) => `In this browser: counted from ${from} to ${to}`,
  wrongTitle: 'This address says a time that is none',
  wrongLeave: 'Show the page without it',
  wrongRange: (range: string) => `“${range}” is no period: hour, day, week and month are.`,
  wrongTime: (time: string) => `“${time}” is no time.`,
  wrongOrder: 'The time ends before it begins.',
  wrongBoth: 'A period that ends now goes with no other times.',
  wrongZone: (zone: string) => `“${zone}” is no time zone.`,
  clear: 'Clear filters',
} as const;

/** What came since. */
export const newsWords = {
  news: (count: number, more: boolean) =>
    `${more ? `${count} or more` : count} new ${count === 1 && !more ? 'record' : 'records'}`,
} as const;
