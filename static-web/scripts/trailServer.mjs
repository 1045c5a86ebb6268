// A process of its own that serves a trail as the API does: `node trailServer.mjs <records>` says where, and the key's fingerprint.
import { createHash, generateKeyPairSync, sign } from 'node:crypto';
import { once } from 'node:events';
import { createServer } from 'node:http';

const markSize = 6;
const checkpointEvery = 500;
const chunkSize = 64 * 1024;

const encode = (value) => Buffer.from(JSON.stringify(value)).toString('base64url');
const sha256 = (...parts) => parts.reduce((hash, part) => hash.update(part), createHash('sha256')).digest();

/** An unbroken trail of `count` records of usual size, with its checkpoints. */
function makeTrail(count) {
  const { privateKey, publicKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  const { x, y } = publicKey.export({ format: 'jwk' });
  const key = sha256(JSON.stringify({ crv: 'P-256', kty: 'EC', x, y })).toString('base64url');
  const header = encode({
    alg: 'ES256',
    typ: 'audit-checkpoint',
    kid: key,
    jwk: { kty: 'EC', crv: 'P-256', x, y },
  });
  const lines = [];
  const checkpoints = [];
  let hash = Buffer.alloc(32);
  let marks = [];
  let prev;
  const start = Date.now() - count * 1000;
  for (let sequence = 1; sequence <= count; sequence++) {
    const line = JSON.stringify({
      sequence,
      id: sequence.toString(16).padStart(32, '0'),
      occurredAt: new Date(start + sequence * 1000).toISOString(),
      recordedAt: new Date(start + sequence * 1000).toISOString(),
      organization: 'org_acme',
      actor: {
        type: 'user',
        issuer: 'https://idp.example/',
        subject: 'auth0|1',
        name: 'Bob Brown',
        email: 'bob@acme.example',
        department: 'Engineering',
      },
      action: 'signature.issued',
      target: { type: 'meeting', id: '81234567890', name: 'Weekly review' },
      outcome: 'success',
      source: 'app',
      client: {
        ip: '192.0.2.1',
        userAgent: 'Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 Chrome/140.0 Safari/537.36',
      },
      requestId: sequence.toString(16).padStart(32, 'a'),
      sentence:
        'Bob Brown from Engineering (Acme Corp) was let into the meeting “Weekly review” as a participant.',
    });
    lines.push(line);
    hash = sha256(hash, line);
    marks.push(hash.subarray(0, markSize));
    if (sequence % checkpointEvery !== 0 && sequence !== count) continue;
    const iat = Math.floor(start / 1000) + sequence;
    const claims = { org: 'org_acme', seq: sequence, hash: hash.toString('hex'), iat, prev };
    const signed = `${header}.${encode({ ...claims, marks: Buffer.concat(marks).toString('base64url') })}`;
    const signature = sign('sha256', Buffer.from(signed), { key: privateKey, dsaEncoding: 'ieee-p1363' });
    const compact = `${signed}.${signature.toString('base64url')}`;
    checkpoints.push(compact);
    prev = sha256(compact).toString('hex');
    marks = [];
  }
  lines.push(JSON.stringify({ trailer: { records: count, before: { sequence: 0, hash: '0'.repeat(64) } } }));
  return { key, checkpoints: JSON.stringify({ checkpoints }), body: Buffer.from(`${lines.join('\n')}\n`) };
}

const { key, checkpoints, body } = makeTrail(Number(process.argv[2]));
const server = createServer(async (request, response) => {
  response.setHeader('Access-Control-Allow-Origin', '*');
  if (request.url?.startsWith('/checkpoints')) {
    response.setHeader('Content-Type', 'application/json').end(checkpoints);
    return;
  }
  response.setHeader('Content-Type', 'application/x-ndjson');
  for (let start = 0; start < body.length; start += chunkSize)
    if (!response.write(body.subarray(start, start + chunkSize))) await once(response, 'drain');
  response.end();
});
server.listen(0, '127.0.0.1', () =>
  console.log(
    JSON.stringify({ address: `http://localhost:${server.address().port}`, key, bytes: body.length }),
  ),
);
