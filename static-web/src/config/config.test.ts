import { describe, expect, it } from 'vitest';
import { ConfigError, parseConfig } from './config';

const good = {
  apiUrl: 'https://api.example/api/',
  auth0: { domain: 'tenant.eu.auth0.com', clientId: 'spa', audience: 'https://api.securezoom.example' },
};

function faultsOf(value: unknown): readonly string[] {
  try {
    parseConfig(value);
    return [];
  } catch (error) {
    if (error instanceof ConfigError) return error.faults;
    throw error;
  }
}

describe('config.json', () => {
  it('is taken with a bare domain, and an address without its last slash', () => {
    expect(parseConfig(good)).toEqual({ ...good, apiUrl: 'https://api.example/api', sandbox: false });
  });

  it('may speak http on this machine, as the sandbox does', () => {
    const sandbox = {
      apiUrl: 'http://localhost:7071/api',
      auth0: { ...good.auth0, domain: 'http://localhost:7072', organization: 'org_acme' },
      sandbox: true,
    };
    expect(parseConfig(sandbox)).toEqual(sandbox);
  });

  it('names everything that is missing at once', () => {
    for (const nothing of [{}, null, 'text', []])
      expect(faultsOf(nothing)).toEqual([
        'apiUrl is missing',
        'auth0.domain is missing',
        'auth0.clientId is missing',
        'auth0.audience is missing',
      ]);
  });

  it.each([
    [{ apiUrl: 'http://api.example/api' }, 'apiUrl must be https'],
    [{ apiUrl: 'http://localhost.evil.example/api' }, 'apiUrl must be https'],
    [{ apiUrl: 'javascript:alert(1)' }, 'apiUrl must be https'],
    [{ auth0: { ...good.auth0, domain: 'http://tenant.example' } }, 'auth0.domain must be https'],
    [{ auth0: { ...good.auth0, organization: 7 } }, 'auth0.organization must be a text'],
    [{ sandbox: 'yes' }, 'sandbox must be true or false'],
  ])('refuses %j', (change, fault) => {
    expect(faultsOf({ ...good, ...change })).toEqual([expect.stringContaining(fault)]);
  });
});
