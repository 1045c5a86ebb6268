// A minimal server on the packages that the article names: a signature for whoever has an access token, a webhook whose
// signature is right, health. It records nothing. `ISSUER`, `AUDIENCE`, `SDK_KEY`, `SDK_SECRET`, `WEBHOOK_SECRET`; says its port.
import { createHmac, timingSafeEqual } from 'node:crypto';
import express from 'express';
import { auth } from 'express-oauth2-jwt-bearer';
import { KJUR } from 'jsrsasign';

const { ISSUER, AUDIENCE, SDK_KEY, SDK_SECRET, WEBHOOK_SECRET } = process.env;
const lifetime = 2 * 60 * 60;
const app = express();
app.use(
  express.json({
    limit: '1mb',
    verify: (request, _, bytes) => {
      request.rawBody = bytes;
    },
  }),
);

app.post('/api/signature', auth({ issuerBaseURL: ISSUER, audience: AUDIENCE }), (request, response) => {
  const { meetingNumber, role } = request.body ?? {};
  if (!meetingNumber || role === undefined)
    return response.status(400).json({ error: 'meetingNumber and role are needed' });
  const iat = Math.floor(Date.now() / 1000);
  const exp = iat + lifetime;
  const signature = KJUR.jws.JWS.sign(
    'HS256',
    JSON.stringify({ alg: 'HS256', typ: 'JWT' }),
    JSON.stringify({ sdkKey: SDK_KEY, mn: meetingNumber, role, iat, exp, tokenExp: exp }),
    SDK_SECRET,
  );
  return response.json({ signature });
});

app.post('/api/webhook', (request, response) => {
  const { 'x-zm-request-timestamp': time = '', 'x-zm-signature': given = '' } = request.headers;
  const mac = createHmac('sha256', WEBHOOK_SECRET).update(`v0:${time}:`).update(request.rawBody).digest('hex');
  const expected = Buffer.from(`v0=${mac}`);
  const isOurs = given.length === expected.length && timingSafeEqual(Buffer.from(given), expected);
  response.sendStatus(isOurs ? 200 : 401);
});

app.get('/api/health', (_, response) => response.json({ status: 'ok' }));

const server = app.listen(0, '127.0.0.1', () => console.log(`port ${server.address().port}`));
// It ends with whoever started it.
process.stdin.resume().on('end', () => process.exit());
