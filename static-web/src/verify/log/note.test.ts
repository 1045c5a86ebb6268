import { readFileSync } from 'node:fs';
import { describe, expect, it, vi } from 'vitest';
import { toBase64, toUtf8 } from '../../format/bytes';
import { parseCheckpoint } from './checkpoint';
import { parseNote, parseVerifierKey, verifyNote } from './note';
import { parseProof, verifyProof } from './proof';

interface Vectors {
  readonly keys: Readonly<Record<string, { readonly vkey: string }>>;
  readonly vkeys: readonly { readonly name: string; readonly vkey: string; readonly valid: boolean }[];
  readonly notes: readonly {
    readonly name: string;
    readonly note: string;
    readonly text: string | null;
    readonly keys: readonly string[];
    readonly signers: readonly { readonly key: string; readonly time: number | null }[];
  }[];
  readonly checkpoints: readonly {
    readonly name: string;
    readonly text: string;
    readonly checkpoint: { readonly origin: string; readonly size: number; readonly root: string } | null;
  }[];
  readonly proofs: readonly {
    readonly name: string;
    readonly proof: string;
    readonly leaf: string;
    readonly origin: string;
    readonly keys: readonly string[];
    readonly readable: boolean;
    readonly proved: boolean;
  }[];
}

// Shared with the .NET verifier's tests.
const vectorFile = new URL('../../../../tests/vectors/notes.json', import.meta.url);
const vectors = JSON.parse(readFileSync(vectorFile, 'utf8')) as Vectors;
const key = (name: string) => parseVerifierKey(vectors.keys[name]!.vkey)!;

describe('the shared vectors', () => {
  it.each(vectors.vkeys)('say of a key: $name', ({ vkey, valid }) => {
    expect(parseVerifierKey(vkey) !== undefined).toBe(valid);
  });

  it.each(vectors.notes)('say of a note: $name', async ({ note, text, keys, signers }) => {
    const parsed = parseNote(toUtf8(note));
    expect(parsed?.text ?? null).toBe(text);
    const verified = parsed ? await verifyNote(parsed, keys.map(key)) : [];
    expect(verified).toEqual(
      signers.map((signer) => ({ key: key(signer.key), time: signer.time ?? undefined })),
    );
  });

  it.each(vectors.checkpoints)('say of a checkpoint: $name', ({ text, checkpoint }) => {
    const parsed = parseCheckpoint(text);
    const flat = parsed && {
      origin: parsed.origin,
      size: parsed.head.size,
      root: toBase64(parsed.head.root),
    };
    expect(flat ?? null).toEqual(checkpoint);
  });

  it.each(vectors.proofs)(
    'say of a proof: $name',
    async ({ proof, leaf, origin, keys, readable, proved }) => {
      const parsed = parseProof(toUtf8(proof));
      expect(parsed !== undefined).toBe(readable);
      const leafHash = Uint8Array.from(Buffer.from(leaf, 'hex'));
      expect(
        parsed ? (await verifyProof(parsed, leafHash, origin, keys.map(key))) !== undefined : false,
      ).toBe(proved);
    },
  );
});

it('reads UTF-8 only', () => {
  const genuine = toUtf8(vectors.notes.find(({ name }) => name === 'a checkpoint')!.note);
  expect(parseNote(genuine)).toBeDefined();
  for (const bytes of [[0xff], [0xc0, 0x80], [0xed, 0xa0, 0x80]])
    expect(parseNote(Uint8Array.of(...bytes, ...genuine))).toBeUndefined();
});

it('does not take a browser without Ed25519 for a forgery', async () => {
  const unsupported = new DOMException('', 'NotSupportedError');
  const importKey = vi.spyOn(crypto.subtle, 'importKey').mockRejectedValue(unsupported);
  const note = parseNote(toUtf8(vectors.notes.find(({ name }) => name === 'a checkpoint')!.note))!;
  await expect(verifyNote(note, [key('log')])).rejects.toBe(unsupported);
  importKey.mockRestore();
});

/** Every note that differs from this one in a byte, a line, or a sign before a line's end. */
function mutations(note: string): Uint8Array[] {
  const bytes = toUtf8(note);
  const lines = note.split('\n');
  return [
    ...Array.from(bytes, (byte, at) => bytes.with(at, byte ^ (1 << (at % 8)))),
    ...Array.from(bytes, (_, at) => Uint8Array.from([...bytes.subarray(0, at), ...bytes.subarray(at + 1)])),
    ...lines.flatMap((line, at) =>
      [
        lines.toSpliced(at, 1),
        lines.toSpliced(at, 0, line),
        lines.toSpliced(at, 0, ''),
        ...['\r', '\0', ' ', '\t', '=', '\u00a0', '\uFEFF'].flatMap((sign) => [
          lines.with(at, line + sign),
          lines.with(at, sign + line),
        ]),
      ].map((changed) => toUtf8(changed.join('\n'))),
    ),
  ];
}

it('never verifies a changed note as another text', async () => {
  const { note, text } = vectors.notes.find(({ name }) => name === 'a checkpoint with a cosignature')!;
  const keys = [key('log'), key('witness')];
  let verified = 0;
  for (const changed of mutations(note)) {
    const parsed = parseNote(changed);
    if (!parsed || (await verifyNote(parsed, keys)).length === 0) continue;
    verified++;
    expect(parsed.text).toBe(text);
  }
  // A signature's line may be lost, doubled, or become a stranger's.
  expect(verified).toBeGreaterThan(0);
});
