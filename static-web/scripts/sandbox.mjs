// Runs the built product for a script, on free ports and with data of its own, and a browser to look at it with.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { chromium } from 'playwright-core';

const root = fileURLToPath(new URL('../../', import.meta.url));
const program = join(root, 'functions/SecureZoom.Sandbox/bin/Release/net10.0/SecureZoom.Sandbox.dll');
const parts = ['APP', 'IDENTITY', 'ZOOM', 'SITE', 'BLOB', 'QUEUE', 'TABLE'];

/** Held together while they are chosen, so that they differ. */
async function freePorts(count) {
  const servers = Array.from({ length: count }, () => createServer().listen(0, '127.0.0.1'));
  await Promise.all(servers.map((server) => once(server, 'listening')));
  const ports = servers.map((server) => server.address().port);
  await Promise.all(servers.map((server) => new Promise((resolve) => server.close(resolve))));
  return ports;
}

export async function startSandbox() {
  const data = await mkdtemp(join(tmpdir(), 'securezoom-'));
  const ports = await freePorts(parts.length);
  const env = Object.fromEntries(
    parts.map((part, index) => [`SECUREZOOM_${part}_PORT`, String(ports[index])]),
  );
  const child = spawn('dotnet', [program], {
    env: { ...process.env, ...env, SECUREZOOM_DATA: data },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const exited = once(child, 'exit');
  const lines = createInterface({ input: child.stdout });
  await Promise.race([
    new Promise((resolve) => lines.on('line', (line) => line.startsWith('SecureZoom is ready') && resolve())),
    exited.then(() => Promise.reject(new Error('The sandbox ended early.'))),
  ]);

  const [app, identity, zoom, site] = ports.map((port) => `http://localhost:${port}`);
  const send = async (address, init) => {
    const response = await fetch(address, init);
    if (!response.ok) throw new Error(`${address}: ${response.status} ${await response.text()}`);
    return response.status === 204 ? undefined : response.json();
  };
  const json = (body, headers = {}) => ({
    method: 'POST',
    headers: { 'Content-Type': 'application/json', ...headers },
    body: JSON.stringify(body ?? {}),
  });

  return {
    site,
    api: `${app}/api`,
    token: async (username) => {
      const form = new URLSearchParams({
        grant_type: 'password',
        username,
        password: 'sandbox',
        client_id: 'securezoom-spa',
        audience: 'https://api.securezoom.example',
      });
      return (await send(`${identity}/oauth/token`, { method: 'POST', body: form })).access_token;
    },
    get: (token, path) => send(`${app}/api${path}`, { headers: { Authorization: `Bearer ${token}` } }),
    post: (token, path, body) => send(`${app}/api${path}`, json(body, { Authorization: `Bearer ${token}` })),
    /** Lets something happen at Zoom: `/events`, `/meetings/<id>/start` and their like. */
    happen: (path, body) => send(`${zoom}/sandbox${path}`, json(body)),
    stop: async () => {
      child.kill('SIGTERM');
      await exited;
      await rm(data, { recursive: true, force: true });
    },
  };
}

export function launchBrowser() {
  return chromium.launch({
    executablePath: process.env['CHROMIUM'] ?? '/usr/bin/chromium',
    args: [
      '--no-sandbox',
      '--disable-gpu',
      '--disable-quic',
      '--no-first-run',
      '--disable-background-networking',
      '--disable-component-update',
      '--disable-sync',
      // Pickers of dates speak the browser's language, not the page's.
      '--lang=en-GB',
    ],
  });
}

/** Lets nothing of this page reach Zoom. */
export const refuseZoom = (page) =>
  page.route(/^(https|wss):\/\/([^/]+\.)?zoom\.us\//, (route) => route.abort());

/** Signs in from the first page and waits for the page that follows. */
export async function signIn(page, site, email) {
  await page.goto(site);
  await page.getByRole('link', { name: 'Sign in with SSO' }).first().click();
  await page.getByRole('button', { name: new RegExp(email) }).click();
  await page.waitForURL((url) => url.origin === site && !['/', '/callback'].includes(url.pathname));
}
