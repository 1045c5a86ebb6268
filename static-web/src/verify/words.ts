import { formatCount } from '../format/count';

const records = (count: number) => (count === 1 ? '1 record' : `${formatCount(count)} records`);

export const words = {
  title: 'Verify the trail',
  lead: 'Your browser recomputes the whole trail and checks every signature. It takes nobody’s word for it, ours included.',
  visitorLead:
    'Your browser checks a file that you were handed, by a key that you trust. The file is sent nowhere, and nobody need sign in; who may read the trail signs in to verify all of it.',
  visitorKey: 'Fingerprint or key',
  visitorKeyWhy:
    'Enter the fingerprint of the key that signs, or its vkey, as you were given it by another way than this site. It stays in this browser.',
  visitorPin: 'Pin this key',
  back: 'Back to the audit trail',
  of: 'Trail',
  keyTitle: 'The key that signs',
  keyWhy:
    'Every five minutes the state of the trail is signed. The signature proves something only if the key is the right one: compare its fingerprint once with the one that your administrator gave you by another way than this site, then pin it. It stays in this browser.',
  fingerprint: 'Fingerprint',
  noteKey: 'Key of the signed notes',
  noteKeyWhy:
    'The same states are signed a second time, as notes that public tools can read. Who was given this key may pin it too.',
  witnessKey: 'Key of a witness',
  witnessKeyWhy:
    'A witness is somebody else who signs what they have seen of the trail, so that nobody can be shown another one. Pin the key of one that you trust, as its keeper told you.',
  pinWitnessKey: 'Pin this witness',
  pinned: 'Pinned',
  pin: 'It is the same: pin this key',
  pinNoteKey: 'Pin the notes’ key',
  forget: 'Forget pinned keys',
  noKey: 'Nothing has been signed yet. The first signature comes within five minutes of the first record.',
  newKeyTitle: 'The key has changed',
  newKey:
    'The service names a key that you have not pinned. If nobody told you about a new key, somebody may be forging the trail: pin it only after you have compared its fingerprint with your administrator.',
  goneTitle: 'Your key is gone',
  gone: 'The service does not name the key that you have pinned any more. What was signed with it still counts.',
  start: 'Verify now',
  again: 'Verify again',
  stop: 'Stop',
  running: (count: number) => `${formatCount(count)} records checked …`,
  preparing: 'Checking signatures …',
  askingServer: 'Asking the server for its own verification …',
  progress: 'Verification',
  fileTitle: 'Check a file',
  fileWhy:
    'An export in lines of JSON, an evidence file or a checkpoint, that you were handed or have kept. It is read in this browser and sent nowhere.',
  fileChoose: 'Choose a file',
  fileDrop: 'or drop it here.',
  fileNone: 'This file proves nothing by itself',
  fileNoneWhy:
    'It holds no checkpoint: nothing was signed when it was exported, or filters left records out. A record of it can be proved by its own proof.',
  checkpointProved: 'A genuine checkpoint',
  checkpointSays: (size: number, time?: string) =>
    `A pinned key has signed that this trail has ${records(size)}${time ? `, at ${time}` : ''}. Which they are, an export proves.`,
  checkpointRemembered: 'This browser remembers it: a smaller trail, or another one, will be an alarm.',
  checkpointWrong: 'This checkpoint is not to be trusted',
  checkpointLog: 'Log',
  checkpointCount: 'Checkpoints',
  fileBrokenOff: 'This is no whole export or evidence file',
  fileBrokenOffWhy: 'Both end with a line that says how many records there are. This file has none.',
  provedTitle: 'Proved',
  waitingTitle: 'Proved in part',
  unprovedTitle: 'Not proved yet',
  proved: (count: number, all: number, until?: string) =>
    `${formatCount(count)} of ${records(all)} proved${until ? ` until ${until}` : ''}`,
  provedMeaning: 'None of them was changed, removed or added since it was signed.',
  extractMeaning:
    'Each of them is in the signed trail, in its place and unchanged. Whether the trail has others, a file of some records cannot tell.',
  extractUnproved:
    'The sentences, and the file’s own words on how to check it, are for people and not proved: only deeds and parts are signed for.',
  withheld: (count: number) =>
    `${count === 1 ? 'One of them withholds' : `${formatCount(count)} of them withhold`} people or texts, which is proved to be all that is missing.`,
  waiting: (count: number) =>
    `${count === 1 ? 'One record waits' : `${formatCount(count)} records wait`} for a signature, which comes every five minutes. Nothing proves them yet.`,
  erased: 'Erased',
  erasedBy: (count: number, parts: number, by: readonly number[]) =>
    `${records(count)} (${parts === 1 ? '1 part' : `${formatCount(parts)} parts`}), authorised by record ${by.map(formatCount).join(', ')}`,
  erasedUnproved: (parts: number) =>
    `The authority for ${parts === 1 ? 'one erased part' : `${formatCount(parts)} erased parts`} waits for its signature.`,
  erasedUnexplained: (parts: number) =>
    `${parts === 1 ? 'One part is' : `${formatCount(parts)} parts are`} erased or left out, and what says why is not in this file.`,
  part: 'Part of the trail',
  records: (first: number, last: number) =>
    last < first ? 'No record' : `Records ${formatCount(first)} to ${formatCount(last)}`,
  since: (time: string) => `from ${time}`,
  until: (time: string) => `until ${time}`,
  allOf: (range: string) => `all that was recorded ${range}`,
  notAllOf: (range: string) => `not proved to be all that was recorded ${range}`,
  othersNotAsked: 'the others were not asked for',
  cut: 'Let go',
  cutBy: (last: number, by: number | null) =>
    by === null
      ? `Records 1 to ${formatCount(last)}: what says so is not in this file`
      : `Records 1 to ${formatCount(last)}, by record ${formatCount(by)}`,
  cutUnproved: 'What says that records were let go waits for its signature, or is not here.',
  emptyTitle: 'Nothing recorded',
  empty: 'There is no record, and no signature says that there ever was one.',
  brokenTitle: (sequence?: number) =>
    sequence === undefined ? 'This trail is not to be trusted' : `Record ${formatCount(sequence)} is wrong`,
  broken: (all: number) => `${records(all)} checked, and this was found:`,
  notSignedTitle: 'Nobody signs any more',
  notSigned:
    'Records have been waiting for their signature for more than ten minutes. Nothing proves them, and they can be changed.',
  serverTitle: 'The server disagrees',
  serverFound: 'Your browser finds nothing wrong. The server sees more than an export holds, and found this:',
  provedTo: (sequence: number, time?: string) =>
    `Up to record ${formatCount(sequence)}${time ? ` (signed ${time})` : ''}, only what is named above is wrong.`,
  keepProof: 'Keep an export of what you see now, and tell whoever runs this service.',
  took: (seconds: string) => `Checked in this browser in ${seconds} s.`,
  ourVerdict: 'This browser',
  serverVerdict: 'The server',
  witnesses: 'Witnesses',
  seenBy: (count: number, all: number) =>
    `Seen by ${formatCount(count)} of ${all === 1 ? '1 witness' : `${formatCount(all)} witnesses`}`,
  seenTo: (name: string, sequence: number, time: string) =>
    `${name} to record ${formatCount(sequence)} (${time})`,
  valid: (sequence?: number, time?: string) =>
    sequence === undefined
      ? 'Valid'
      : `Valid, proved to record ${formatCount(sequence)}${time ? ` (${time})` : ''}`,
  invalid: (count: number) =>
    count === 1 ? 'Not valid: 1 finding' : `Not valid: ${formatCount(count)} findings`,
  serverSilent: 'Did not answer',
  problems: {
    unreadable: (sequence: number) =>
      `In the place of record ${formatCount(sequence)} is something that is no record.`,
    unreadableBehind: (sequence: number) =>
      sequence === 0
        ? 'The file begins with something that is no record with its proof.'
        : `Behind record ${formatCount(sequence)} is something that is no record with its proof.`,
    otherCheckpoint: (sequence: number) =>
      `The proof of record ${formatCount(sequence)} leads to another checkpoint.`,
    misplaced: (sequence: number) =>
      `In the place of record ${formatCount(sequence)} is one of another place.`,
    changed: (sequence: number) =>
      `Record ${formatCount(sequence)} is not the one that the log committed to.`,
    changedTo: (sequence: number, to: number) =>
      `Records ${formatCount(sequence)} to ${formatCount(to)} are not those that were signed for.`,
    twice: (sequence: number) => `Record ${formatCount(sequence)} is of an event that was recorded before.`,
    erased_without_record: (sequence: number) =>
      `Parts of record ${formatCount(sequence)} are destroyed, and no record behind it says that they were to be.`,
    time: (sequence: number, recordedAt: string) =>
      `Record ${formatCount(sequence)} says that it was recorded at ${recordedAt}.`,
    missing: (sequence: number, to: number) =>
      `Records ${formatCount(sequence)} to ${formatCount(to)} are not there.`,
    openBeginning: (sequence: number, since: string) =>
      `Nothing proves that record ${formatCount(sequence)} is older than ${since}: the export may begin later than it says.`,
    openEnd: (sequence: number, until: string) =>
      `Nothing proves that record ${formatCount(sequence)} is not older than ${until}: the export may end earlier than it says.`,
    count: (count: number, reported: number) =>
      `The export has ${records(count)}, and says that it has ${formatCount(reported)}.`,
    notGenuine: (number: number) => `Checkpoint ${formatCount(number)} is not genuine.`,
    notPinned: (number: number, signer: string) =>
      `Checkpoint ${formatCount(number)} is signed by ${signer}, which is not pinned.`,
    fork: (number: number) =>
      `Checkpoint ${formatCount(number)} does not go on from the one in front of it: two trails were signed.`,
    otherTrail: (size: number) =>
      `The first ${records(size)} are not those that this browser has seen proved before.`,
    smaller: (size: number, seen: number) =>
      `It is of ${records(size)}, and this browser has seen ${formatCount(seen)} of this trail proved: it is an older one, or the trail was cut.`,
    notSigned: (recordedAt: string) =>
      `The newest signature is more than ten minutes older than the last record (${recordedAt}).`,
  },
} as const;
