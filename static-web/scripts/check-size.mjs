// Adds up, gzipped, the scripts that the first visit of `/` loads, and those that the page of meetings adds to what every page has; fails above a limit.
import { readFile } from 'node:fs/promises';
import { gzipSync } from 'node:zlib';

const kilobyte = 1024;
const dist = new URL('../dist/', import.meta.url);
const manifest = JSON.parse(await readFile(new URL('.vite/manifest.json', dist), 'utf8'));

/** The files of these modules and of all that they import. */
function filesOf(...modules) {
  const files = new Set();
  const visit = (key) => {
    const chunk = manifest[key];
    if (!chunk) throw new Error(`${key} is not in the build.`);
    if (files.has(chunk.file)) return;
    files.add(chunk.file);
    chunk.imports?.forEach(visit);
  };
  modules.forEach(visit);
  return files;
}

async function check(name, files, limit) {
  let total = 0;
  for (const file of files) {
    const size = gzipSync(await readFile(new URL(file, dist))).length;
    total += size;
    console.log(`${(size / kilobyte).toFixed(1).padStart(8)} KB  ${file}`);
  }
  console.log(`${(total / kilobyte).toFixed(1).padStart(8)} KB  ${name} in all (limit ${limit} KB)\n`);
  if (total <= limit * kilobyte) return;
  console.error(`Too much script: ${name}.`);
  process.exitCode = 1;
}

const first = filesOf('index.html', 'src/site.tsx');
const everywhere = filesOf('index.html', 'src/site.tsx', 'src/app/App.tsx');
const meetings = filesOf('src/meetings/MeetingsPage.tsx');
await check('first page', first, 100);
await check(
  'the meetings page’s own',
  [...meetings].filter((file) => !everywhere.has(file)),
  90,
);
