import { formatCount } from '../format/count';

export const words = {
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
    'Checkpoints are signed with a key that you have not pinned. If nobody reported you about a new key, somebody may be forging the trail: pin it only after you have compared its fingerprint with your administrator.',
  goneTitle: 'All signatures are gone',
  gone: 'You have pinned a key, and there is no signature by any key. Somebody may have removed them.',
  start: 'Verify now',
  again: 'Verify again',
  stop: 'Stop',
  running: (records: number) => `${formatCount(records)} records checked …`,
  preparing: 'Checking signatures …',
  progress: 'Verification',
  unbrokenTitle: 'Unbroken',
  unbroken: (records: number, since?: string) =>
    `${records === 1 ? '1 record' : `${formatCount(records)} records`} unbroken${since ? ` since ${since}` : ''}`,
  covered: (time: string, sequence: number) => `covered to ${time} (record ${formatCount(sequence)}).`,
  coveredMeaning:
    'No record up to there was changed, removed or added since it was signed. Later records are consistent; the next signature will cover them.',
  uncoveredTitle: 'Consistent, but not proved',
  uncovered: 'No signature by a pinned key covers them yet, so this proves little.',
  emptyTitle: 'Nothing recorded',
  empty: 'There is no record, and no signature says that there ever was one.',
  brokenTitle: (sequence?: number) =>
    sequence === undefined ? 'This trail is not to be trusted' : `Record ${formatCount(sequence)} is wrong`,
  broken: (records: number) => `${formatCount(records)} records were checked, and this was found:`,
  provedTo: (time: string, sequence: number) =>
    `What was recorded up to record ${formatCount(sequence)} (signed ${time}) is unbroken.`,
  keepProof: 'Keep an export of what you see now, and tell whoever runs this service.',
  took: (seconds: string) => `Checked in this browser in ${seconds} s.`,
  problems: {
    misplaced: (sequence: number) => `In the place of record ${formatCount(sequence)} is something else.`,
    changed: (sequence: number, signed: string) =>
      `Record ${formatCount(sequence)} is not the one that the signature of ${signed} covers.`,
    missing: (sequence: number, to: number) =>
      `Records ${formatCount(sequence)} to ${formatCount(to)} were signed for, and are not there.`,
    count: (records: number, reported: number) =>
      `The export has ${formatCount(records)} records, and says that it has ${formatCount(reported)}.`,
    notGenuine: (index: number) => `Checkpoint ${formatCount(index)} is not genuine.`,
    notPinned: (index: number, signer: string) =>
      `Checkpoint ${formatCount(index)} is signed by ${signer}, which is not pinned.`,
    gap: (index: number) =>
      `Checkpoint ${formatCount(index)} does not follow the one in front of it: one is missing or changed.`,
    gone: (signed: string) =>
      `The checkpoint of ${signed}, which this browser has seen before, is not there any more.`,
  },
} as const;
