// Makes docs/screenshots anew: every page, at 1280 and 390 pixels, light and dark. Needs a script/server with nothing in it yet, and ImageMagick's convert.
import { execFile } from 'node:child_process';
import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { get, emit, launchBrowser, post, refuseZoom, signIn, site, token } from './product.mjs';

const target = fileURLToPath(new URL('../../docs/screenshots/', import.meta.url));
const run = promisify(execFile);
const [carol, alice, bob, dave, audrey] = ['carol', 'alice', 'bob', 'dave', 'audrey'].map(
  (name) => `${name}@${name === 'dave' ? 'globex' : 'acme'}.example`,
);
const invitation = 'eyJhbGciOiJkaXIifQ..aXY.Y2lwaGVy.dGFn';
const number = '812 3456 7890';

/** A day in the life of Acme: meetings to come, one that runs, people who come, go and are refused. */
async function live() {
  const [host, manager, employee] = await Promise.all([alice, carol, bob].map((person) => token(person)));
  const days = (count, time) =>
    `${new Date(Date.now() + count * 86_400_000).toISOString().slice(0, 10)}T${time}`;
  const create = (token, meeting) => post(token, '/meetings', meeting);
  const review = await create(manager, {
    topic: 'Weekly review',
    start_time: days(0, '23:30:00'),
    duration: 30,
    timezone: 'Europe/Berlin',
  });
  await create(manager, {
    topic: 'Quarterly planning',
    start_time: days(3, '15:00:00'),
    duration: 60,
    timezone: 'America/New_York',
    settings: { auto_recording: 'cloud' },
  });
  await create(host, {
    topic: 'Product launch: rehearsal with the agency',
    start_time: days(6, '09:30:00'),
    duration: 90,
    timezone: 'Europe/Berlin',
  });
  await lastWeek(review);
  await post(manager, `/meetings/${review.id}/invitations`, { email: dave });
  await emit(`/meetings/${review.id}/start`);
  for (const [user_name, email] of [
    ['Carol Clark', carol],
    ['Bob Brown', bob],
    ['Alice Adams', alice],
  ])
    await emit(`/meetings/${review.id}/join`, { user_name, email });
  await emit(`/meetings/${review.id}/leave`, { user_name: 'Bob Brown', email: bob });
  await post(employee, '/signature', { meetingNumber: review.id, role: 1 });
  await create(employee, { topic: 'Not mine to make' }).catch(() => undefined);
  for (let attempt = 0; attempt < 4; attempt++) await token(bob, 'wrong').catch(() => undefined);
  return review.id;
}

/** Something for the charts: how many joined on each of the days before today. */
async function lastWeek({ id, uuid, topic }) {
  for (const [index, joined] of [4, 9, 7, 0, 0, 11].entries()) {
    const event_ts = Date.now() - (6 - index) * 86_400_000;
    const tell = (event, more) =>
      emit('/events', { event, event_ts, payload: { object: { id: String(id), uuid, topic, ...more } } });
    if (joined > 0) await tell('meeting.started', {});
    for (let guest = 0; guest < joined; guest++)
      await tell('meeting.participant_joined', {
        participant: { user_name: 'Guest', participant_uuid: `${index}-${guest}` },
      });
  }
}

const heading = (name) => async (page) => page.getByRole('heading', { name, exact: true }).waitFor();
const visitors = [
  ['home', '/', heading('Meetings you can account for')],
  ['sign-in-needed', '/meetings', heading('Please sign in')],
  ['join', '/join', heading('Join a meeting')],
  ['invitation', `/join#${invitation}`, heading('You have an invitation')],
  ['not-found', '/nowhere', heading('There is no such page')],
];

const members = (meeting) => [
  ['meetings', '/meetings', (page) => page.getByText('Quarterly planning').waitFor()],
  [
    'meetings-new',
    '/meetings',
    async (page) => {
      await page.getByRole('button', { name: 'New meeting' }).click();
      await page.getByLabel('Topic').fill('Budget');
      await page.getByLabel('Again and again').check();
      await page.getByRole('combobox', { name: 'Time zone' }).fill('Bombay');
      await page.getByRole('option', { name: 'Mumbai' }).waitFor();
    },
  ],
  ['meeting', `/meetings/${meeting}`, heading('Passcode')],
  [
    'meetings-invite',
    '/meetings',
    async (page) => {
      await page.getByRole('button', { name: 'More actions for Quarterly planning' }).click();
      await page.getByRole('menuitem', { name: 'Invite others' }).click();
      await page.getByLabel('E-mail addresses they sign in with').fill(dave);
      await page.getByRole('button', { name: 'Make invitation' }).click();
      await page.getByText('Invitation ready').waitFor();
    },
  ],
  [
    'meetings-delete',
    '/meetings',
    async (page) => {
      await page.getByRole('button', { name: 'More actions for Quarterly planning' }).click();
      await page.getByRole('menuitem', { name: 'Delete' }).click();
      await page.getByRole('alertdialog').or(page.getByRole('dialog')).first().waitFor();
    },
  ],
  [
    'audit',
    '/audit',
    async (page) => {
      await page.getByRole('button', { name: 'Show charts' }).click();
      await page.getByText('As a table', { exact: true }).waitFor();
    },
  ],
  [
    'audit-record',
    '/audit',
    async (page) => {
      await page.getByRole('button', { name: 'Details' }).nth(2).click();
      await page.getByText('Record id').waitFor();
    },
  ],
  ['audit-empty', '/audit?meeting=999999999', (page) => page.getByText('Nothing recorded').waitFor()],
  ['security', '/security', heading('Active people a day')],
  [
    'security-person',
    `/security/people/${carol}`,
    (page) =>
      page
        .getByRole('list', { name: /^Records: / })
        .first()
        .waitFor(),
  ],
  [
    'verify',
    '/audit/verify',
    async (page) => {
      const pin = page.getByRole('button', { name: 'It is the same: pin this key' });
      const start = page.getByRole('button', { name: 'Verify now' });
      await pin.or(start).first().waitFor();
      if (await pin.isVisible()) await pin.click();
      await start.click();
      await page.getByText('Checked in this browser').waitFor();
    },
  ],
  ['me', '/me', (page) => page.getByText('zoom-admins', { exact: true }).waitFor()],
  ['room-left', `/room?meeting=${number}&left=1`, heading('You have left the meeting')],
  [
    'room',
    `/room?meeting=${meeting}&role=1`,
    async (page) => {
      await page.getByRole('button', { name: 'Join now' }).click();
      await page.getByRole('heading', { name: /there is no Zoom to call/ }).waitFor({ timeout: 90_000 });
    },
  ],
];

const others = (meeting) => [
  [
    'lobby',
    bob,
    `/room?meeting=${meeting}&role=1`,
    (page) => page.getByRole('button', { name: 'Join now' }).waitFor(),
  ],
  ['room-refused', dave, `/room?meeting=${meeting}`, heading('No such meeting for you')],
  ['me-auditor', audrey, '/me', (page) => page.getByText('auditors', { exact: true }).waitFor()],
  ['meetings-empty', dave, '/meetings', (page) => page.getByText('No meetings yet').waitFor()],
];

const sizes = { 1280: { width: 1280, height: 800 }, 390: { width: 390, height: 844 } };
/** Of a list without an end the beginning is enough. */
const tallest = 1_600;
const names = process.argv.slice(2);
const isChosen = ([name]) => names.length === 0 || names.includes(name);
const raw = await mkdtemp(join(tmpdir(), 'securezoom-shots-'));
const browser = await launchBrowser();
try {
  await mkdir(target, { recursive: true });
  const meeting = await live();
  const signed = isChosen(['verify']) ? whenSigned() : undefined;
  for (const [width, viewport] of Object.entries(sizes))
    for (const colorScheme of ['light', 'dark']) {
      const open = async (email) => {
        const context = await browser.newContext({
          viewport,
          colorScheme,
          locale: 'en-GB',
          timezoneId: 'Europe/Berlin',
          reducedMotion: 'reduce',
        });
        const page = await context.newPage();
        page.setDefaultTimeout(60_000);
        await refuseZoom(page);
        if (email) await signIn(page, email);
        return page;
      };
      const shoot = async (page, [name, path, ready]) => {
        if (name === 'verify') await signed;
        await page.goto('about:blank');
        await page.goto(site + path);
        await ready(page);
        await page.waitForLoadState('networkidle');
        const overflow = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
        if (overflow > 0) console.error(`${name} is ${overflow} px too wide at ${width}`);
        const file = join(raw, `${name}-${width}-${colorScheme}.png`);
        const isCovered = await page
          .getByRole('dialog')
          .or(page.getByRole('alertdialog'))
          .first()
          .isVisible();
        const whole = await page.evaluate(() => document.documentElement.scrollHeight);
        const height = Math.max(Math.min(tallest, whole), viewport.height);
        const clip = { x: 0, y: 0, width: viewport.width, height };
        // What covers a page covers what can be seen of it, which need not be its beginning.
        const part = isCovered ? {} : { fullPage: true, clip };
        await page.screenshot({ path: file, ...part, animations: 'disabled' });
        // A palette is a third of the size, and nobody sees it on flat pages.
        await run('convert', [
          file,
          '-strip',
          '+dither',
          // Else pale grounds take the colour of the buttons.
          '-treedepth',
          '8',
          '-colors',
          '255',
          `PNG8:${join(target, file.slice(raw.length + 1))}`,
        ]);
      };
      const visitor = await open();
      for (const page of visitors.filter(isChosen)) await shoot(visitor, page);
      await visitor.context().close();
      if (members(meeting).some(isChosen)) {
        const member = await open(carol);
        for (const page of members(meeting).filter(isChosen)) await shoot(member, page);
        await member.context().close();
      }
      for (const [name, email, path, ready] of others(meeting).filter(isChosen)) {
        const other = await open(email);
        await shoot(other, [name, path, ready]);
        await other.context().close();
      }
      console.log(`${width} px, ${colorScheme}: done`);
    }
} finally {
  await browser.close();
  await rm(raw, { recursive: true });
}

/** Waits for the first checkpoint, which the Verify page needs. */
async function whenSigned() {
  const auditor = await token(audrey);
  const deadline = Date.now() + 7 * 60_000;
  for (;;) {
    const { checkpoints } = await get(auditor, '/audit/checkpoints');
    if (checkpoints.length > 0) return;
    if (Date.now() > deadline) throw new Error('Nothing was signed within seven minutes.');
    await new Promise((resolve) => setTimeout(resolve, 5_000));
  }
}
