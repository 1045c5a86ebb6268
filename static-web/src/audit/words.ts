import { formatCount } from '../format/count';

export const words = {
  title: 'Audit trail',
  lead: 'Who did what, newest first. Open an entry for all that is known of it.',
  list: 'Audit records',
  folded: (count: number) => `${formatCount(count)} records`,
  foldedList: 'Records of this deed',
  details: 'Details',
  loadingMore: 'Loading more records …',
  more: 'Show more records',
  end: 'That is all.',
  lookedAt: (from: number, to: number) =>
    `Looked for the text in records ${formatCount(from)} to ${formatCount(to)}.`,
  leftOut: (count: number) =>
    count === 1
      ? 'One of the records that were loaded is left out here, in this browser. Exports have it.'
      : `${formatCount(count)} of the records that were loaded are left out here, in this browser. Exports have them.`,
  emptyTitle: 'Nothing recorded',
  empty: 'Nothing has been recorded that fits these filters.',
  emptyAll: 'Once somebody creates or joins a meeting, you see it here.',
  story: (person: string) => `Everything about ${person} in one line of time`,
  verify: 'Verify the trail',
  charts: 'Show charts',
  chartsWhat:
    'Meetings, participants and denials per day. This reads all that fits the filters, and is on record.',
  chartsTitle: 'Day by day',
  chartsCounting: (records: number) => `${formatCount(records)} records read`,
  chartsEmpty: 'No meeting, participant or denial fits these filters.',
  day: 'Day',
  series: { meetings: 'Meetings started', participants: 'Participants joined', denials: 'Denials' },
  chartOf: (name: string, total: number, days: number) =>
    `${name}: ${formatCount(total)} in ${days === 1 ? 'one day' : `${formatCount(days)} days`}.`,
  export: 'Export',
  exportCsv: 'As a table (CSV)',
  exportLines: 'As signed lines (NDJSON)',
  exportEvidence: 'As evidence, with everybody in it (NDJSON)',
  exportEvidenceAbout: 'As evidence about this person, without anybody else (NDJSON)',
  exporting: 'Exporting …',
  exported: (name: string) => `Saved as ${name}`,
  recordLead: 'One record, at an address that stays.',
  recordWrongTitle: 'There is no such record',
  recordWrong: 'Records are numbered 1, 2, 3, …: the address ends with such a number.',
  back: 'Back to the audit trail',
} as const;
