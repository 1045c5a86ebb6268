import { isRecord } from '../format/isRecord';

/** What one deployment differs in from another; read from /config.json when the page starts. */
export interface SiteConfig {
  /** Base of every call, without a trailing slash. */
  readonly apiUrl: string;
  readonly auth0: {
    readonly domain: string;
    readonly clientId: string;
    readonly audience: string;
    readonly organization?: string;
  };
  /** There is no Zoom behind the API; the room says so. */
  readonly sandbox: boolean;
}

/** Every fault of a config.json at once, in words for the person who deploys. */
export class ConfigError extends Error {
  override readonly name = 'ConfigError';
  readonly faults: readonly string[];

  constructor(faults: readonly string[]) {
    super(`config.json: ${faults.join('; ')}`);
    this.faults = faults;
  }
}

const loopback = new Set(['localhost', '127.0.0.1', '[::1]']);

function isSafeUrl(text: string): boolean {
  if (!URL.canParse(text)) return false;
  const url = new URL(text);
  return url.protocol === 'https:' || (url.protocol === 'http:' && loopback.has(url.hostname));
}

/** Throws ConfigError. A domain may come bare, as Auth0 shows it, or with its scheme. */
export function parseConfig(value: unknown): SiteConfig {
  const faults: string[] = [];
  const root = isRecord(value) ? value : {};
  const auth0 = isRecord(root['auth0']) ? root['auth0'] : {};

  const text = (source: Record<string, unknown>, key: string, name: string): string => {
    const found = source[key];
    if (typeof found === 'string' && found.trim() !== '') return found.trim();
    faults.push(`${name} is missing`);
    return '';
  };

  const apiUrl = text(root, 'apiUrl', 'apiUrl').replace(/\/+$/, '');
  const domain = text(auth0, 'domain', 'auth0.domain').replace(/\/+$/, '');
  const clientId = text(auth0, 'clientId', 'auth0.clientId');
  const audience = text(auth0, 'audience', 'auth0.audience');
  const organization = auth0['organization'];
  const sandbox = root['sandbox'] ?? false;

  if (apiUrl && !isSafeUrl(apiUrl)) faults.push('apiUrl must be https, or http on this machine');
  if (domain && !isSafeUrl(domain.includes('://') ? domain : `https://${domain}`))
    faults.push('auth0.domain must be https, or http on this machine');
  if (organization !== undefined && typeof organization !== 'string')
    faults.push('auth0.organization must be a text');
  if (typeof sandbox !== 'boolean') faults.push('sandbox must be true or false');

  if (faults.length > 0) throw new ConfigError(faults);
  return {
    apiUrl,
    auth0: {
      domain,
      clientId,
      audience,
      ...(typeof organization === 'string' && organization ? { organization } : {}),
    },
    sandbox: sandbox === true,
  };
}

/** Throws ConfigError, also when the file is missing or no JSON. */
export async function loadConfig(): Promise<SiteConfig> {
  let value: unknown;
  try {
    const response = await fetch('/config.json');
    if (!response.ok) throw new ConfigError([`answered ${response.status}`]);
    value = await response.json();
  } catch (error) {
    throw error instanceof ConfigError ? error : new ConfigError(['cannot be read']);
  }
  return parseConfig(value);
}
