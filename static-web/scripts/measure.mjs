// Measures in Chromium the built site that script/server runs and prints a table; fails when a figure misses its target. Arguments choose: paint, list, shifts, lobby, verify, million.
import { spawn } from 'node:child_process';
import { readdir, readFile } from 'node:fs/promises';
import { cpus, totalmem } from 'node:os';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { gzipSync } from 'node:zlib';
import { fileURLToPath } from 'node:url';
import { api, launchBrowser, post, refuseZoom, signIn, site, token } from './product.mjs';

const runs = 5;
const throttle = 4;
const apiMilliseconds = 1_500;
const lobbyMilliseconds = 5_000;
const auditor = 'carol@acme.example';
/** Of Linux on x86-64 and, as Debian builds it, ARM. */
const pageSize = 4_096;
const listed = 50;

/** The browser, all of its processes: what the fields of `/proc/<pid>/stat` after the name are. */
async function browserProcesses() {
  const children = new Map();
  const found = new Map();
  for (const pid of (await readdir('/proc')).filter((name) => /^\d+$/.test(name))) {
    const stat = await readFile(`/proc/${pid}/stat`, 'utf8').catch(() => '');
    const [, name, rest] = /\((.*)\) (.*)/s.exec(stat) ?? [];
    if (!rest) continue;
    const fields = rest.split(' ');
    const parent = Number(fields[1]);
    children.set(parent, [...(children.get(parent) ?? []), Number(pid)]);
    if (name.startsWith('chrom')) found.set(Number(pid), fields);
  }
  const below = (pid) => (children.get(pid) ?? []).flatMap((child) => [child, ...below(child)]);
  return below(process.pid)
    .map((pid) => found.get(pid))
    .filter((fields) => fields !== undefined);
}

/** Seconds of the processor that the browser has used so far. */
const processorSeconds = async () =>
  (await browserProcesses()).reduce((sum, fields) => sum + Number(fields[11]) + Number(fields[12]), 0) / 100;

/** Memory that the browser holds, in bytes; what its processes share is counted with each. */
const residentBytes = async () =>
  (await browserProcesses()).reduce((sum, fields) => sum + Number(fields[21]), 0) * pageSize;

/** Looks each second at the memory that the browser holds, until it is stopped: the most in the first third of the looks, and in the last. */
function watchMemory() {
  const looks = [];
  let stopped = false;
  const watching = (async () => {
    while (!stopped) {
      looks.push(await residentBytes());
      await new Promise((resolve) => setTimeout(resolve, 1_000));
    }
  })();
  return {
    stop: async () => {
      stopped = true;
      await watching;
      const third = Math.ceil(looks.length / 3);
      return { first: Math.max(...looks.slice(0, third)), last: Math.max(...looks.slice(-third)) };
    },
  };
}

const figures = [];
const note = (name, value, unit, limit) => {
  figures.push({ name, value, unit, limit });
  const verdict =
    limit === undefined
      ? ''
      : value < limit
        ? `  (target: under ${limit})`
        : `  MISSES its target of ${limit}`;
  console.log(`${name.padEnd(52)} ${value.toFixed(unit === '' ? 3 : 0).padStart(7)} ${unit}${verdict}`);
};
const median = (values) => values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)];

/** What the page itself saw: its largest paint, its shifts, and the longest time in which it could not answer. */
const observe = () => {
  const seen = { largestPaint: 0, shift: 0, longTask: 0 };
  window.seen = seen;
  const watch = (type, take) =>
    new PerformanceObserver((list) => list.getEntries().forEach(take)).observe({ type, buffered: true });
  watch('largest-contentful-paint', (entry) => (seen.largestPaint = entry.startTime));
  watch('layout-shift', (entry) => (seen.shift += entry.hadRecentInput ? 0 : entry.value));
  watch('longtask', (entry) => (seen.longTask = Math.max(seen.longTask, entry.duration)));
};
const seen = (page) => page.evaluate(() => window.seen);

async function open(browser) {
  const context = await browser.newContext({ viewport: { width: 1280, height: 800 }, locale: 'en-GB' });
  const page = await context.newPage();
  page.setDefaultTimeout(120_000);
  await page.addInitScript(observe);
  return page;
}

async function settle(page, address, heading) {
  await page.goto('about:blank');
  await page.goto(address);
  await page.getByRole('heading', { name: heading }).first().waitFor();
  await page.waitForLoadState('networkidle');
  return seen(page);
}

/** The first page, by visitors who have nothing in the cache and a slow machine; the first of them warms the sandbox up and weighs. */
async function measureFirstPage(browser) {
  const paints = [];
  let script = 0;
  for (let run = -1; run < runs; run++) {
    const page = await open(browser);
    const bodies = [];
    if (run < 0)
      page.on('response', (response) => {
        if (response.request().resourceType() === 'script') bodies.push(response.body());
      });
    const client = await page.context().newCDPSession(page);
    await client.send('Emulation.setCPUThrottlingRate', { rate: throttle });
    const { largestPaint } = await settle(page, `${site}/`, 'Meetings you can account for');
    if (run >= 0) paints.push(largestPaint);
    else script = (await Promise.all(bodies)).reduce((sum, body) => sum + gzipSync(body).length, 0);
    await page.context().close();
  }
  note('First page: script, gzipped', script / 1024, 'KB', 100);
  note(`First page: largest paint, CPU ${throttle}x slower, median of ${runs}`, median(paints), 'ms', 1_500);
}

/** The page of meetings with a slow machine, by somebody who is signed in: from the address to the list, drawn, with buttons that answer. */
async function measureList(browser) {
  const host = await token(auditor);
  for (let count = 0; count < listed; count++) await post(host, '/meetings', { topic: `Listed ${count}` });
  const times = [];
  for (let run = -1; run < runs; run++) {
    const page = await open(browser);
    await signIn(page, auditor);
    // What was fetched on the way is in the cache, as with everybody who comes back.
    await page.goto('about:blank');
    const client = await page.context().newCDPSession(page);
    await client.send('Emulation.setCPUThrottlingRate', { rate: throttle });
    await page.goto(`${site}/meetings`, { waitUntil: 'commit' });
    await page.getByRole('article').first().waitFor();
    // The frame in which the list is seen, by the page's own clock.
    const drawn = await page.evaluate(
      () =>
        new Promise((resolve) =>
          requestAnimationFrame(() => setTimeout(() => resolve(performance.now()), 0)),
        ),
    );
    if (run >= 0) times.push(drawn);
    await page.context().close();
  }
  note(`Meetings page: list drawn, CPU ${throttle}x slower, median of ${runs}`, median(times), 'ms', 2_500);
}

/** Every page with an API that takes its time: nothing moves when the answer comes. */
async function measureShifts(browser) {
  const page = await open(browser);
  await refuseZoom(page);
  await signIn(page, auditor);
  await page.route(`${api}/**`, async (route) => {
    await new Promise((resolve) => setTimeout(resolve, apiMilliseconds));
    await route.continue();
  });
  for (const [path, heading] of [
    ['/', 'Meetings'],
    ['/meetings', 'Meetings'],
    ['/join', 'Join a meeting'],
    ['/audit', 'Audit trail'],
    ['/security', 'Security'],
    ['/audit/verify', 'Verify the trail'],
    ['/me', 'My account'],
    ['/nowhere', 'There is no such page'],
    ['/room?meeting=81234567890', 'No such meeting for you'],
  ]) {
    const { shift } = await settle(page, site + path, heading);
    note(`${path}: layout shift, API ${apiMilliseconds} ms slower`, shift, '', 0.05);
  }
  await page.context().close();
}

/** From the button in the lobby, after five seconds there, to the SDK's request to Zoom. */
async function measureLobby(browser) {
  const { id } = await post(await token(auditor), '/meetings', { topic: 'Measured' });
  const times = [];
  for (let run = 0; run < runs; run++) {
    const page = await open(browser);
    await refuseZoom(page);
    await signIn(page, auditor);
    await page.goto(`${site}/room?meeting=${id}&role=1`);
    const button = page.getByRole('button', { name: 'Start the meeting' });
    await button.waitFor();
    await page.waitForTimeout(lobbyMilliseconds);
    const asked = page.waitForRequest(/zoom\.us\/api\/v1\/wc\/info/);
    const pressed = performance.now();
    await button.click();
    await asked;
    times.push(performance.now() - pressed);
    await page.context().close();
  }
  note(`Lobby: from its button to Zoom, median of ${runs}`, median(times), 'ms', 2_000);
}

/** A whole trail from a process of its own, through the API's address, so that the page is the one that is deployed. */
async function measureVerification(browser, records, runs, limit) {
  const server = spawn(
    process.execPath,
    [fileURLToPath(new URL('trailServer.mjs', import.meta.url)), String(records)],
    {
      stdio: ['ignore', 'pipe', 'inherit'],
    },
  );
  try {
    const [line] = await once(createInterface({ input: server.stdout }), 'line');
    const { address, key, bytes } = JSON.parse(line);
    const page = await open(browser);
    for (const name of ['keys', 'checkpoints', 'verification'])
      await page.route(`${api}/audit/${name}*`, (route) => route.continue({ url: `${address}/${name}` }));
    await page.route(`${api}/audit?*`, (route) => route.continue({ url: `${address}/audit` }));
    await signIn(page, auditor);
    await settle(page, `${site}/audit/verify`, 'Verify the trail');
    await page.getByText(key).waitFor();
    await page.getByRole('button', { name: 'It is the same: pin this key' }).click();
    const times = [];
    const tasks = [];
    const processor = [];
    const memory = watchMemory();
    for (let run = 0; run < runs; run++) {
      const before = await processorSeconds();
      await page.evaluate(() => (window.seen.longTask = 0));
      await page.getByRole('button', { name: /^Verify (now|again)$/ }).click();
      await page.getByRole('progressbar').waitFor();
      const took = page.getByText('Checked in this browser');
      await took.waitFor({ timeout: 10 * limit });
      await page.getByText(`of ${records.toLocaleString('en')} records proved`).waitFor();
      times.push(Number(/in ([\d.]+) s/.exec(await took.innerText())[1]) * 1000);
      tasks.push((await seen(page)).longTask);
      processor.push((await processorSeconds()) - before);
    }
    note(
      `Verify ${records.toLocaleString('en')} records (${(bytes / 2 ** 20).toFixed(0)} MB), median of ${runs}`,
      median(times),
      'ms',
      limit,
    );
    note('  its slowest run', Math.max(...times), 'ms');
    note('  processor time of all of Chromium, median', median(processor) * 1000, 'ms');
    const { first, last } = await memory.stop();
    note('  most memory of all of Chromium, first third', first / 2 ** 20, 'MB');
    note('  most memory of all of Chromium, last third', last / 2 ** 20, 'MB');
    note('  longest task on the page meanwhile', Math.max(...tasks), 'ms', 100);
  } finally {
    server.kill();
  }
}

const [{ model }] = cpus();
const browser = await launchBrowser();
try {
  console.log(
    `Chromium ${browser.version()}, ${cpus().length} x ${model}, ${(totalmem() / 2 ** 30).toFixed(0)} GB\n`,
  );
  const measures = {
    paint: measureFirstPage,
    list: measureList,
    shifts: measureShifts,
    lobby: measureLobby,
    verify: (browser) => measureVerification(browser, 100_000, runs, 3_000),
    million: (browser) => measureVerification(browser, 1_000_000, 1, 30_000),
  };
  for (const [name, measure] of Object.entries(measures))
    if (process.argv.length < 3 || process.argv.includes(name)) await measure(browser);
} finally {
  await browser.close();
}
process.exitCode = figures.some(({ value, limit }) => limit !== undefined && value >= limit) ? 1 : 0;
