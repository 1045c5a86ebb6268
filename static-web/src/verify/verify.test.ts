import { createHash, generateKeyPairSync, sign } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { Readable } from 'node:stream';
import { describe, expect, it } from 'vitest';
import { signersOf } from './checkpoint';
import { readPin, writePin } from './pins';
import { readSeries } from './series';
import { TrailVerifier } from './TrailVerifier';
import { verifyExport, type Progress, type Verification, type VerificationRequest } from './verifyExport';

interface Vector {
  readonly name: string;
  readonly lines: readonly string[];
  readonly before: { readonly sequence: number; readonly hash: string };
  readonly checkpoints: readonly string[];
  readonly key: string;
  readonly expected: {
    readonly valid: boolean;
    readonly records: number;
    readonly coveredTo: number | null;
    readonly problems: readonly { readonly kind: string; readonly sequence: number | null }[];
  };
}

// Shared with the .NET verifier's tests.
const vectorFile = new URL('../../../tests/vectors/trails.json', import.meta.url);
const vectors = JSON.parse(readFileSync(vectorFile, 'utf8')) as Vector[];
const bytes = (text: string) => new TextEncoder().encode(text);

describe('a trail of the shared vectors', () => {
  it.each(vectors)('$name', async ({ lines, before, checkpoints, key, expected }) => {
    const hash = Uint8Array.from(Buffer.from(before.hash, 'hex'));
    const series = await readSeries(checkpoints, [key]);
    const verifier = new TrailVerifier(series, { sequence: before.sequence, hash });
    for (const line of lines) verifier.add(bytes(line));
    const { records, coveredTo, problems } = verifier.finish();
    expect({
      valid: problems.length === 0,
      records,
      coveredTo: coveredTo?.sequence ?? null,
      problems: problems.map(({ kind, sequence }) => ({ kind, sequence: sequence ?? null })),
    }).toEqual(expected);
  });
});

const pair = () => generateKeyPairSync('ec', { namedCurve: 'P-256' });
const { privateKey, publicKey } = pair();
const encode = (value: unknown) => Buffer.from(JSON.stringify(value)).toString('base64url');

function thumbprint(key: typeof publicKey): string {
  const { x, y } = key.export({ format: 'jwk' });
  return createHash('sha256')
    .update(JSON.stringify({ crv: 'P-256', kty: 'EC', x, y }))
    .digest('base64url');
}

/** A trail of `count` records, and a checkpoint after every `every` of them. */
function trail(count: number, every: number, keys = { privateKey, publicKey }) {
  const { x, y } = keys.publicKey.export({ format: 'jwk' });
  const kid = thumbprint(keys.publicKey);
  const header = encode({
    alg: 'ES256',
    typ: 'audit-checkpoint',
    kid,
    jwk: { kty: 'EC', crv: 'P-256', x, y },
  });
  const lines: string[] = [];
  const checkpoints: string[] = [];
  let hash: Buffer = Buffer.alloc(32);
  let marks: Buffer[] = [];
  let prev: string | undefined;
  for (let sequence = 1; sequence <= count; sequence++) {
    const line = JSON.stringify({
      sequence,
      id: sequence.toString(16).padStart(32, '0'),
      recordedAt: new Date(1_790_000_000_000 + sequence * 1000).toISOString().replace('Z', '0001+00:00'),
      organization: 'org_acme',
      actor: { type: 'user', issuer: 'https://idp.example/', subject: 'auth0|1', email: 'ann@acme.example' },
      action: 'signature.issued',
      target: { type: 'meeting', id: '81234567890', name: 'Weekly review of everything' },
      outcome: 'success',
      source: 'app',
      client: { ip: '192.0.2.1', userAgent: 'Mozilla/5.0 (X11; Linux x86_64) Chrome/140.0' },
      sentence: `Ann was let into “Weekly review of everything” as a participant, for the ${sequence}th time.`,
    });
    lines.push(line);
    hash = createHash('sha256').update(hash).update(line).digest();
    marks.push(hash.subarray(0, 6));
    if (sequence % every !== 0) continue;
    const claims = {
      org: 'org_acme',
      seq: sequence,
      hash: hash.toString('hex'),
      iat: 1_790_000_000 + sequence,
    };
    const signed = `${header}.${encode({ ...claims, prev, marks: Buffer.concat(marks).toString('base64url') })}`;
    const key = { key: keys.privateKey, dsaEncoding: 'ieee-p1363' } as const;
    const compact = `${signed}.${sign('sha256', Buffer.from(signed), key).toString('base64url')}`;
    checkpoints.push(compact);
    prev = createHash('sha256').update(compact).digest('hex');
    marks = [];
  }
  return { lines, checkpoints, trusted: [kid] };
}

const trailer = (records: number) =>
  JSON.stringify({ trailer: { records, before: { sequence: 0, hash: '0'.repeat(64) } } });

/** As the worker does it, in chunks that respect no line. */
function run(
  text: string,
  {
    checkpoints = [],
    ...request
  }: Partial<VerificationRequest> & { readonly checkpoints?: readonly string[] },
  chunk = 1000,
): Promise<Verification> {
  const all = bytes(text);
  function* chunks() {
    for (let start = 0; start < all.length; start += chunk) yield all.slice(start, start + chunk);
  }
  return verifyExport(Readable.from(chunks()), checkpoints, {
    organization: 'org_acme',
    trusted: [],
    ...request,
  });
}

const exportOf = (lines: readonly string[], reported = lines.length) =>
  [...lines, trailer(reported), ''].join('\n');

describe('an export', () => {
  const { lines, checkpoints, trusted } = trail(30, 10);

  it('is unbroken, whatever the chunks', async () => {
    for (const chunk of [1, 7, 1_000_000])
      expect(await run(exportOf(lines), { checkpoints, trusted }, chunk)).toMatchObject({
        verdict: {
          records: 30,
          firstRecordedAt: '2026-09-21T14:13:21.0000001+00:00',
          coveredTo: { sequence: 30 },
          problems: [],
        },
      });
  });

  it('is told of as it goes on', async () => {
    const reported: Progress[] = [];
    const request = { organization: 'org_acme', trusted };
    const halves = [exportOf(lines).slice(0, 8_000), exportOf(lines).slice(8_000)].map(bytes);
    await verifyExport(Readable.from(halves), checkpoints, request, (progress) => reported.push(progress));
    expect(reported).toEqual([
      { records: expect.toSatisfy((records: number) => records > 0 && records < 30) as number, signed: 30 },
      { records: 30, signed: 30 },
    ]);
  });

  it('names the record that was changed', async () => {
    const altered = lines.with(16, lines[16]!.replace('success', 'denied'));
    expect(await run(exportOf(altered), { checkpoints, trusted })).toMatchObject({
      verdict: {
        coveredTo: { sequence: 10 },
        problems: [{ kind: 'changed', sequence: 17, signedAt: 1_790_000_020 }],
      },
    });
  });

  it('proves nothing when the key is not pinned', async () => {
    const answer = await run(exportOf(lines), { checkpoints, trusted: [thumbprint(pair().publicKey)] });
    const signer = trusted[0];
    expect(answer).toMatchObject({
      verdict: {
        coveredTo: undefined,
        problems: [1, 2, 3].map((number) => ({ kind: 'bad_checkpoint', number, signer })),
      },
    });
  });

  it('that belongs to another organisation is misplaced from its first record on', async () => {
    const answer = await run(exportOf(lines), { checkpoints, trusted, organization: 'org_globex' });
    expect(answer).toMatchObject({ verdict: { problems: [{ kind: 'misplaced', sequence: 1 }] } });
  });

  it('that was cut together with its checkpoints is caught by what was seen before', async () => {
    const { latest: seen } = await run(exportOf(lines), { checkpoints, trusted });
    expect(seen?.signedAt).toBe(1_790_000_030);
    const cut = await run(exportOf(lines.slice(0, 20)), {
      checkpoints: checkpoints.slice(0, 2),
      trusted,
      seen,
    });
    expect(cut).toMatchObject({
      verdict: { problems: [{ kind: 'missing_checkpoint', seenAt: 1_790_000_030 }] },
    });
  });

  it('that tells another count is told', async () => {
    expect(await run(exportOf(lines, 31), { checkpoints, trusted })).toMatchObject({
      verdict: { problems: [{ kind: 'missing', records: 30, reported: 31 }] },
    });
  });

  it.each([
    ['without a trailer', [...lines, ''].join('\n')],
    ['that breaks off within a record', exportOf(lines).slice(0, 500)],
    ['that breaks off within its trailer', exportOf(lines).slice(0, -10)],
    ['of no bytes at all', ''],
  ])('%s says nothing about the trail', async (_name, text) => {
    await expect(run(text, { checkpoints, trusted })).rejects.toMatchObject({ code: 'incomplete' });
  });

  it('tells times apart that a clock of milliseconds does not', async () => {
    const [first, second] = lines.map((line) => JSON.parse(line) as Record<string, unknown>);
    const back = [
      { ...first, recordedAt: '2026-01-15T12:00:00.0000002Z' },
      { ...second, recordedAt: '2026-01-15T13:00:00.0000001+01:00' },
    ].map((record) => JSON.stringify(record));
    expect(await run(exportOf(back), {})).toMatchObject({
      verdict: { problems: [{ kind: 'misplaced', sequence: 2 }] },
    });
  });

  it('of 100,000 records takes less than 5 s of the processor', async () => {
    const { lines, ...series } = trail(100_000, 1000);
    const text = exportOf(lines);
    const start = process.cpuUsage();
    const { verdict } = await run(text, series, 64 * 1024);
    // Not by the clock, which also counts what else the machine does.
    expect(process.cpuUsage(start).user).toBeLessThan(5_000_000);
    expect(verdict).toMatchObject({ coveredTo: { sequence: 100_000 }, problems: [] });
  }, 60_000);
});

describe('a signer', () => {
  it('is known by the thumbprint of the key, not by the name it gives itself', async () => {
    const [genuine = ''] = trail(1, 1).checkpoints;
    const [header = '', ...rest] = genuine.split('.');
    const lie = { ...(JSON.parse(Buffer.from(header, 'base64url').toString()) as object), kid: 'another' };
    const forged = [encode(lie), ...rest].join('.');
    expect(signersOf([genuine, genuine, forged, 'rubbish'])).toEqual([thumbprint(publicKey)]);
    expect((await readSeries([forged], ['another'])).problems).toMatchObject([{ kind: 'bad_checkpoint' }]);
  });
});

describe('a pin', () => {
  const stored = new Map<string, string>();
  const storage = {
    getItem: (name: string) => stored.get(name) ?? null,
    setItem: (name: string, value: string) => void stored.set(name, value),
  } as Storage;

  it('is kept by organisation', () => {
    const pin = { keys: ['a'], seen: { digest: 'd', signedAt: 1 } };
    writePin('org_acme', pin, storage);
    expect(readPin('org_acme', storage)).toEqual(pin);
    expect(readPin('org_globex', storage)).toEqual({ keys: [] });
  });

  it.each(['', '7', 'null', '{"keys":"a"}', '{"keys":[1]}'])('that reads %j is none', (value) => {
    storage.setItem('securezoom.pin.org_acme', value);
    expect(readPin('org_acme', storage)).toEqual({ keys: [] });
  });
});
