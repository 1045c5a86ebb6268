// A process of its own that serves a trail as the API does: `node trailServer.mjs <records>` says where, and the key's fingerprint.
import { createHash, createHmac, generateKeyPairSync, sign } from 'node:crypto';
import { once } from 'node:events';
import { createServer } from 'node:http';

const log = 'audit.example/0123456789abcdef';
const checkpointEvery = 500;
const linesPerChunk = 64;

const encode = (value) => Buffer.from(JSON.stringify(value)).toString('base64url');
const sha256 = (...parts) => parts.reduce((hash, part) => hash.update(part), createHash('sha256')).digest();
const commit = (salt, part) => createHmac('sha256', salt).update(part).digest();
const leafPrefix = Buffer.of(0);
const nodePrefix = Buffer.of(1);
const version = Buffer.of(1);

/** A record of usual size as a line of an export, and its leaf. */
function makeRecord(index, recordedAt) {
  const id = index.toString(16).padStart(32, '0');
  const deed = JSON.stringify({
    v: 1,
    log,
    index,
    id,
    occurredAt: recordedAt,
    recordedAt,
    organization: 'org_acme',
    actor: { type: 'user', person: 0, organizationName: 'Acme Corp' },
    action: 'signature.issued',
    target: { type: 'meeting', id: '81234567890', name: { text: 1 } },
    meeting: '81234567890',
    outcome: 'success',
    source: 'app',
    requestId: id,
  });
  const person = JSON.stringify({
    person: 'bob@acme.example',
    issuer: 'https://idp.example/',
    subject: 'auth0|1',
    name: 'Bob Brown',
    email: 'bob@acme.example',
    department: 'Engineering',
    ip: '192.0.2.1',
    userAgent: 'Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 Chrome/140.0 Safari/537.36',
  });
  const topic = JSON.stringify({ text: 'Weekly review' });
  const parts = [deed, person, topic];
  const salts = parts.map((_, part) => sha256(`part ${part} ${index}`));
  const leaf = sha256(leafPrefix, version, ...parts.map((part, number) => commit(salts[number], part)));
  const behind = {
    salts: salts.map((salt) => salt.toString('base64')),
    leaf: leaf.toString('base64'),
    lengths: parts.map((part) => part.length),
    sentence:
      'Bob Brown from Engineering (Acme Corp) was let into the meeting "Weekly review" as a participant.',
  };
  const line = `${deed.slice(0, -1)},"parts":[${person},${topic}],${JSON.stringify(behind).slice(1)}`;
  return { line, leaf };
}

/** Appends a leaf to the roots of perfect subtrees, the largest first (RFC 6962). */
function append(subtrees, size, leaf) {
  let hash = leaf;
  for (let rest = size; rest % 2 === 1; rest = Math.floor(rest / 2))
    hash = sha256(nodePrefix, subtrees.pop(), hash);
  subtrees.push(hash);
}

/** An unbroken trail of `count` records, with its checkpoints. */
function makeTrail(count) {
  const es256 = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  const ed25519 = generateKeyPairSync('ed25519');
  const { x, y } = es256.publicKey.export({ format: 'jwk' });
  const jwk = { kty: 'EC', crv: 'P-256', x, y };
  const kid = sha256(JSON.stringify({ crv: 'P-256', kty: 'EC', x, y })).toString('base64url');
  const [name] = log.split('/');
  const typed = Buffer.concat([
    Buffer.of(1),
    Buffer.from(ed25519.publicKey.export({ format: 'jwk' }).x, 'base64url'),
  ]);
  const noteKeyId = sha256(`${name}\n`, typed).subarray(0, 4);

  const signAt = (num, size, root, iat) => {
    const text = `${log}\n${size}\n${root.toString('base64')}\n`;
    const noteSignature = Buffer.concat([noteKeyId, sign(null, Buffer.from(text), ed25519.privateKey)]);
    const typ = 'audit-checkpoint';
    const header = encode({
      alg: 'ES256',
      typ,
      kid,
      jwk,
      b64: false,
      crit: ['b64'],
      iat,
      org: 'org_acme',
      num,
    });
    const key = { key: es256.privateKey, dsaEncoding: 'ieee-p1363' };
    const signature = sign('sha256', Buffer.from(`${header}.${text}`), key).toString('base64url');
    return {
      note: `${text}\n— ${name} ${noteSignature.toString('base64')}\n`,
      jws: `${header}..${signature}`,
    };
  };

  const chunks = [];
  let lines = [];
  const cut = () => {
    chunks.push(Buffer.from(lines.join('')));
    lines = [];
  };
  const checkpoints = [];
  const subtrees = [];
  const start = Date.now() - count * 1000;
  for (let index = 0; index < count; index++) {
    const { line, leaf } = makeRecord(index, new Date(start + index * 1000).toISOString());
    if (lines.push(`${line}\n`) === linesPerChunk) cut();
    append(subtrees, index, leaf);
    const size = index + 1;
    if (size % checkpointEvery !== 0 && size !== count) continue;
    const root = subtrees.reduceRight((right, left) => sha256(nodePrefix, left, right));
    checkpoints.push(signAt(checkpoints.length + 1, size, root, Math.floor(start / 1000) + size));
  }
  lines.push(`${JSON.stringify({ trailer: { records: count, before: { size: 0, edge: '' } } })}\n`);
  cut();
  return {
    key: kid,
    answers: {
      '/keys': { keys: [{ ...jwk, kid }], noteKeys: [], witnessKeys: [] },
      '/checkpoints': { checkpoints },
      '/verification': { valid: true, records: count, waiting: 0, witnesses: [], problems: [] },
    },
    chunks,
  };
}

const { key, answers, chunks } = makeTrail(Number(process.argv[2]));
const server = createServer(async (request, response) => {
  response.setHeader('Access-Control-Allow-Origin', '*');
  const answer = answers[new URL(request.url ?? '/', 'http://localhost').pathname];
  if (answer) {
    response.setHeader('Content-Type', 'application/json').end(JSON.stringify(answer));
    return;
  }
  if (!request.headers.accept?.includes('ndjson')) {
    // A page of the trail, which only tells that it may be read.
    response.setHeader('Content-Type', 'application/json').end(JSON.stringify({ records: [] }));
    return;
  }
  response.setHeader('Content-Type', 'application/x-ndjson');
  for (const chunk of chunks) if (!response.write(chunk)) await once(response, 'drain');
  response.end();
});
server.listen(0, '127.0.0.1', () =>
  console.log(
    JSON.stringify({
      address: `http://localhost:${server.address().port}`,
      key,
      bytes: chunks.reduce((bytes, { length }) => bytes + length, 0),
    }),
  ),
);
