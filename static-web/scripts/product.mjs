// Reaches the product that script/server runs, by its ports, and opens a browser to look at it with.
import { chromium } from 'playwright-core';

const origin = (part, usual) => `http://localhost:${process.env[`SECUREZOOM_${part}_PORT`] ?? usual}`;

export const site = origin('SITE', 4280);
const zoom = origin('ZOOM', 7073);
const config = await send(`${site}/config.json`);
export const api = config.apiUrl;

async function send(address, init) {
  const response = await fetch(address, init);
  if (!response.ok) throw new Error(`${address}: ${response.status} ${await response.text()}`);
  return response.status === 204 ? undefined : response.json();
}

const json = (body = {}, headers = {}) => ({
  method: 'POST',
  headers: { 'Content-Type': 'application/json', ...headers },
  body: JSON.stringify(body),
});

export async function token(username, password = 'sandbox') {
  const { domain, clientId, audience } = config.auth0;
  const body = new URLSearchParams({
    grant_type: 'password',
    username,
    password,
    client_id: clientId,
    audience,
  });
  return (await send(`${domain}/oauth/token`, { method: 'POST', body })).access_token;
}

export const get = (token, path) => send(api + path, { headers: { Authorization: `Bearer ${token}` } });
export const post = (token, path, body) => send(api + path, json(body, { Authorization: `Bearer ${token}` }));

/** Lets something happen at Zoom: `/events`, `/meetings/<id>/start` and their like. */
export const emit = (path, body) => send(`${zoom}/sandbox${path}`, json(body));

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
export async function signIn(page, email) {
  await page.goto(site);
  await page.getByRole('link', { name: 'Sign in with SSO' }).first().click();
  await page.getByRole('button', { name: new RegExp(email) }).click();
  await page.waitForURL((url) => url.origin === site && !['/', '/callback'].includes(url.pathname));
}
