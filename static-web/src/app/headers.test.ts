import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';

interface SiteHost {
  readonly routes: readonly {
    readonly route: string;
    readonly rewrite?: string;
    readonly headers?: Readonly<Record<string, string>>;
  }[];
  readonly navigationFallback: { readonly rewrite: string; readonly exclude: readonly string[] };
  readonly globalHeaders: Readonly<Record<string, string>>;
}

const host = JSON.parse(
  readFileSync(new URL('../../public/staticwebapp.config.json', import.meta.url), 'utf8'),
) as SiteHost;
const room = host.routes.find(({ route }) => route === '/room');

function directives(policy: string | undefined): Record<string, string[]> {
  return Object.fromEntries(
    (policy ?? '').split(';').map((directive) => {
      const [name = '', ...sources] = directive.trim().split(/\s+/);
      return [name, sources];
    }),
  );
}

const policies = {
  site: directives(host.globalHeaders['Content-Security-Policy']),
  room: directives(room?.headers?.['Content-Security-Policy']),
};

describe.each(Object.entries(policies))('the policy of the %s', (_name, policy) => {
  it('forbids what it does not name', () => {
    expect(policy['default-src']).toEqual(["'none'"]);
    for (const name of ['base-uri', 'object-src', 'form-action', 'frame-ancestors'])
      expect(policy[name]).toEqual(["'none'"]);
  });

  it('knows nothing unsafe and no wildcard', () => {
    const sources = Object.values(policy).flat();
    for (const source of ["'unsafe-inline'", "'unsafe-eval'", "'unsafe-hashes'", '*', 'https:', 'http:'])
      expect(sources).not.toContain(source);
  });

  it('reaches the API and the identity provider', () => {
    expect(policy['connect-src']).toEqual(
      expect.arrayContaining(['http://localhost:7071', 'http://localhost:7072']),
    );
    expect(policy['frame-src']).toEqual(['http://localhost:7072']);
  });
});

describe('the headers', () => {
  it('let scripts come from this site only, and one from the document, as it is there', () => {
    const document = readFileSync(new URL('../../index.html', import.meta.url), 'utf8');
    const [, script] = /<script>(.*?)<\/script>/s.exec(document) ?? [];
    const hash = createHash('sha256').update(script!).digest('base64');
    expect(policies.site['script-src']).toEqual(["'self'", `'sha256-${hash}'`]);
    expect(policies.room['script-src']).toEqual(["'self'", "'wasm-unsafe-eval'"]);
  });

  it('let workers come from our own scripts, and from this site where the trail is verified', () => {
    expect(policies.site['worker-src']).toEqual(["'self'", 'blob:']);
    expect(policies.room['worker-src']).toEqual(['blob:']);
  });

  it('let only the room speak to Zoom and compile WebAssembly', () => {
    expect(Object.values(policies.site).flat().join(' ')).not.toMatch(/zoom\.us|wasm/);
    expect(policies.room['connect-src']).toEqual(
      expect.arrayContaining(['https://zoom.us', 'https://*.zoom.us', 'wss://*.zoom.us']),
    );
  });

  it('let only the room use camera, microphone and screen', () => {
    for (const device of ['camera', 'microphone', 'display-capture']) {
      expect(host.globalHeaders['Permissions-Policy']).toContain(`${device}=()`);
      expect(room?.headers?.['Permissions-Policy']).toContain(`${device}=(self)`);
    }
  });

  it('are the usual strict ones', () => {
    expect(host.globalHeaders).toMatchObject({
      'X-Content-Type-Options': 'nosniff',
      'Referrer-Policy': 'no-referrer',
      'X-Frame-Options': 'DENY',
      'Cross-Origin-Opener-Policy': 'same-origin',
    });
    expect(host.globalHeaders['Strict-Transport-Security']).toMatch(/max-age=\d{8}/);
  });

  it('lead every page to the site, but no missing asset', () => {
    expect(room?.rewrite).toBe('/room.html');
    expect(host.navigationFallback.rewrite).toBe('/index.html');
    expect(host.navigationFallback.exclude).toEqual(
      expect.arrayContaining(['/assets/*', '/zoom/*', '/config.json']),
    );
  });

  it('keep what has its version in its name for ever, and settings never', () => {
    const cache = (path: string) =>
      host.routes.find(({ route }) => route === path)?.headers?.['Cache-Control'];
    expect(cache('/assets/*')).toContain('immutable');
    expect(cache('/zoom/*')).toContain('immutable');
    expect(cache('/config.json')).toBe('no-store');
    expect(host.globalHeaders['Cache-Control']).toBe('no-cache');
  });
});
