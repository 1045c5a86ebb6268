const assert = require('node:assert/strict');
const { test } = require('node:test');
const { onExecutePostLogin } = require('./securezoom-claims.js');

const audience = 'https://api.securezoom.example';
const alice = {
  name: 'Alice',
  email: 'alice@acme.example',
  email_verified: true,
  groups: ['zoom-hosts', 'employees'],
  department: 'Marketing',
};

async function claimsFor(user, resource_server = { identifier: audience }, authentication = undefined, organization = undefined, more = {}) {
  const claims = {};
  const api = { accessToken: { setCustomClaim: (name, value) => (claims[name] = value) } };
  await onExecutePostLogin({ user, resource_server, authentication, organization, secrets: { AUDIENCE: audience }, ...more }, api);
  return claims;
}

test('writes every claim under the namespace', async () => {
  assert.deepEqual(await claimsFor(alice), {
    'https://securezoom.example/groups': ['zoom-hosts', 'employees'],
    'https://securezoom.example/department': 'Marketing',
    'https://securezoom.example/email': 'alice@acme.example',
    'https://securezoom.example/email_verified': true,
    'https://securezoom.example/name': 'Alice',
  });
});

test('says nothing to other APIs, nor to a login without one', async () => {
  assert.deepEqual(await claimsFor(alice, { identifier: 'https://other.example' }), {});
  assert.deepEqual(await claimsFor(alice, null), {});
});

test('takes groups from app_metadata where the connection has none', async () => {
  const { groups, department, ...rest } = alice;
  const claims = await claimsFor({ ...rest, app_metadata: { groups: ['auditors'], department: 'Compliance' } });
  assert.deepEqual(claims['https://securezoom.example/groups'], ['auditors']);
  assert.equal(claims['https://securezoom.example/department'], 'Compliance');
});

test('never takes what people write themselves', async () => {
  const { groups, department, ...rest } = alice;
  const claims = await claimsFor({ ...rest, user_metadata: { groups: ['zoom-admins'], department: 'Board' } });
  assert.deepEqual(claims['https://securezoom.example/groups'], []);
  assert.equal('https://securezoom.example/department' in claims, false);
});

test('calls an address verified only when the connection says true', async () => {
  for (const email_verified of [false, undefined, 'true', 1]) {
    const claims = await claimsFor({ ...alice, email_verified });
    assert.equal(claims['https://securezoom.example/email_verified'], false);
  }
  const { email, ...nameless } = alice;
  assert.equal((await claimsFor(nameless))['https://securezoom.example/email_verified'], false);
});

test('says which factors were passed, where Auth0 knows of any', async () => {
  const passed = async (methods) => (await claimsFor(alice, { identifier: audience }, { methods }))['https://securezoom.example/amr'];
  assert.deepEqual(await passed([{ name: 'pwd' }, { name: 'mfa', type: 'webauthn-platform' }]), ['pwd', 'mfa']);
  assert.deepEqual(await passed([{ name: 'federated' }, { name: 'federated' }, null, {}]), ['federated']);
  assert.equal(await passed([]), undefined);
  assert.equal(await passed(undefined), undefined);
});

test('states the e-mail domains that the organisation’s metadata give it, and no others', async () => {
  const stated = async (organization) =>
    (await claimsFor(alice, { identifier: audience }, undefined, organization))['https://securezoom.example/org_domains'];
  assert.deepEqual(await stated({ id: 'org_acme', metadata: { email_domains: 'Acme.example, mail.acme.example' } }), [
    'acme.example',
    'mail.acme.example',
  ]);
  for (const metadata of [undefined, {}, { email_domains: '' }, { email_domains: ' , ' }, { email_domains: ['acme.example'] }]) {
    assert.equal(await stated({ id: 'org_acme', metadata }), undefined);
  }
  const claims = await claimsFor({ ...alice, app_metadata: { email_domains: 'globex.example' }, user_metadata: { email_domains: 'globex.example' } });
  assert.equal('https://securezoom.example/org_domains' in claims, false);
});

test('keeps a token small and its groups plain texts', async () => {
  const many = Array.from({ length: 5000 }, (_, index) => `group-${index}`);
  assert.equal((await claimsFor({ ...alice, groups: many }))['https://securezoom.example/groups'].length, 100);
  const odd = [' employees ', 'employees', '', null, { name: 'zoom-admins' }, 7, 'x'.repeat(1000)];
  assert.deepEqual((await claimsFor({ ...alice, groups: odd }))['https://securezoom.example/groups'], [
    'employees',
    'x'.repeat(256),
  ]);
  assert.deepEqual((await claimsFor({ ...alice, groups: 'employees' }))['https://securezoom.example/groups'], [
    'employees',
  ]);
});

test('says which session, and when its person signed in, also at a refresh', async () => {
  const authentication = {
    methods: [{ name: 'pwd', timestamp: '2026-11-26T08:00:00.900Z' }, { name: 'mfa', timestamp: '2026-11-26T08:00:05.100Z' }, { name: 'odd' }],
  };
  const expected = { sid: 'session-1', at: Date.parse('2026-11-26T08:00:05Z') / 1000 };
  for (const more of [{ session: { id: 'session-1' } }, { refresh_token: { session_id: 'session-1' } }]) {
    const claims = await claimsFor(alice, { identifier: audience }, authentication, undefined, more);
    assert.deepEqual(
      { sid: claims['https://securezoom.example/sid'], at: claims['https://securezoom.example/auth_time'] },
      expected,
    );
  }
});
