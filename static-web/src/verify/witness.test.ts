import { readFileSync } from 'node:fs';
import { beforeAll, describe, expect, it } from 'vitest';
import { hash as sha256 } from '@stablelib/sha256';
import { toBase64, toUtf8 } from '../format/bytes';
import { createCheckpointReader, type CheckpointFile } from './checkpoint';
import { inspect } from './inspect';
import { parseNote } from './log/note';
import { kindOf } from './pins';
import { readSeries } from './series';
import { TrailVerifier } from './TrailVerifier';
import { verifyFile } from './verifyExport';

interface Vectors {
  readonly keys: { readonly fingerprint: string; readonly vkey: string };
  readonly lines: readonly string[];
  readonly checkpoints: readonly CheckpointFile[];
}

// Shared with the .NET verifier's tests.
const vectorFile = new URL('../../../tests/vectors/trails.json', import.meta.url);
const { keys, lines, checkpoints } = JSON.parse(readFileSync(vectorFile, 'utf8')) as Vectors;
const seconds = 1_764_000_000;
let witness: Witness;
let other: Witness;

interface Witness {
  readonly vkey: string;
  sign(note: string): Promise<string>;
}

/** As c2sp.org/tlog-cosignature has it. */
async function newWitness(name: string): Promise<Witness> {
  const pair = await crypto.subtle.generateKey('Ed25519', true, ['sign', 'verify']);
  const typed = Uint8Array.of(4, ...new Uint8Array(await crypto.subtle.exportKey('raw', pair.publicKey)));
  const id = sha256(Uint8Array.of(...toUtf8(`${name}\n`), ...typed)).slice(0, 4);
  const hex = [...id].map((byte) => byte.toString(16).padStart(2, '0')).join('');
  return {
    vkey: `${name}+${hex}+${toBase64(typed)}`,
    async sign(note) {
      const { text } = parseNote(toUtf8(note))!;
      const message = toUtf8(`cosignature/v1\ntime ${seconds}\n${text}`);
      const signature = new Uint8Array(await crypto.subtle.sign('Ed25519', pair.privateKey, message));
      const time = new Uint8Array(8);
      new DataView(time.buffer).setBigUint64(0, BigInt(seconds));
      return `— ${name} ${toBase64(Uint8Array.of(...id, ...time, ...signature))}`;
    },
  };
}

beforeAll(async () => {
  witness = await newWitness('witness.example');
  other = await newWitness('other.example');
});

describe('a checkpoint with cosignatures', () => {
  it('is seen by those that are pinned, whatever the others are', async () => {
    const [file] = checkpoints as [CheckpointFile];
    const line = await witness.sign(file.note);
    const false_ = (await other.sign(file.note)).replace(/.{8}$/u, 'AAAAAAA=');
    const open = createCheckpointReader([keys.fingerprint, witness.vkey, other.vkey]);
    const cosignatures = ['garbage', false_, line, line];
    expect(await open({ ...file, cosignatures })).toMatchObject({
      checkpoint: { seenBy: [{ key: { name: 'witness.example' }, time: seconds }] },
    });
    expect(await createCheckpointReader([keys.fingerprint])({ ...file, cosignatures })).toMatchObject({
      checkpoint: { seenBy: [] },
    });
  });

  it('is not trusted for a witness’s sake', async () => {
    const [file] = checkpoints as [CheckpointFile];
    const note = `${file.note}${await witness.sign(file.note)}\n`;
    expect(await createCheckpointReader([witness.vkey])({ ...file, note })).toHaveProperty('bad');
    expect(await createCheckpointReader([witness.vkey, keys.vkey])({ ...file, note })).toHaveProperty(
      'checkpoint',
    );
  });
});

it('says how far each witness has seen', async () => {
  const cosigned = await Promise.all(
    checkpoints.slice(0, 2).map(async (file) => ({ ...file, cosignatures: [await witness.sign(file.note)] })),
  );
  const files = [...cosigned, ...checkpoints.slice(2)];
  const trusted = [keys.fingerprint, witness.vkey, other.vkey];
  const now = Date.parse('2025-11-24T12:05:00Z') / 1000;
  const verifier = new TrailVerifier(await readSeries([files], trusted), { now });
  for (const line of lines.slice(0, 12)) verifier.add(inspect(toUtf8(line)));
  const { seenBy, problems, coveredTo } = verifier.finish();
  expect(problems).toEqual([]);
  expect(coveredTo?.head.size).toBe(12);
  expect([...seenBy.values()]).toEqual([{ name: 'witness.example', size: 8, time: seconds }]);
});

it('tells keys apart', () => {
  expect([keys.fingerprint, keys.vkey, witness.vkey].map(kindOf)).toEqual(['fingerprint', 'note', 'witness']);
});

describe('an export', () => {
  const [, at8, at12] = checkpoints as [CheckpointFile, CheckpointFile, CheckpointFile];
  const now = Date.parse('2025-11-24T12:05:00Z') / 1000;
  const check = async (trailer: object) => {
    const end = JSON.stringify({ trailer: { records: 12, before: { size: 0, edge: '' }, ...trailer } });
    const trusted = [keys.fingerprint, witness.vkey];
    const file = new Blob([[...lines.slice(0, 12), end, ''].join('\n')]);
    const { verdict } = (await verifyFile(file, { organization: 'org_acme', trusted }, now))!;
    return { problems: verdict.problems, seen: [...verdict.seenBy.values()].map(({ size }) => size) };
  };
  const cosigned = async (file: CheckpointFile) => ({
    ...file,
    cosignatures: [await witness.sign(file.note)],
  });

  it('says how far witnesses have seen it', async () => {
    expect(await check({ checkpoint: await cosigned(at12) })).toEqual({ problems: [], seen: [12] });
    expect(await check({ checkpoint: at12, witnessed: await cosigned(at8) })).toEqual({
      problems: [],
      seen: [8],
    });
    expect(await check({ checkpoint: at12 })).toEqual({ problems: [], seen: [] });
  });

  it('whose witnessed checkpoint is another trail’s is two trails', async () => {
    const witnessed = { ...(await cosigned(at8)), note: at12.note };
    expect((await check({ checkpoint: at12, witnessed })).problems).toMatchObject([
      { code: 'bad_checkpoint' },
    ]);
  });

  it.each([{ cosignatures: 'x' }, { cosignatures: [1] }])('with %o is no whole export', async (odd) => {
    await expect(check({ checkpoint: { ...at12, ...odd } })).rejects.toMatchObject({ code: 'incomplete' });
  });
});
