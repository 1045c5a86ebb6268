// Adds up, gzipped, every script that the first visit of `/` loads, and fails above the limit.
import { readFile } from 'node:fs/promises';
import { gzipSync } from 'node:zlib';

const limit = 100 * 1024;
const dist = new URL('../dist/', import.meta.url);
const manifest = JSON.parse(await readFile(new URL('.vite/manifest.json', dist), 'utf8'));

const files = new Set();
const visit = (key) => {
  const chunk = manifest[key];
  if (!chunk || files.has(chunk.file)) return;
  files.add(chunk.file);
  chunk.imports?.forEach(visit);
};
visit('index.html');
visit('src/site.tsx');

let total = 0;
for (const file of files) {
  const size = gzipSync(await readFile(new URL(file, dist))).length;
  total += size;
  console.log(`${(size / 1024).toFixed(1).padStart(8)} KB  ${file}`);
}
console.log(`${(total / 1024).toFixed(1).padStart(8)} KB  first page in all (limit ${limit / 1024} KB)`);
if (total > limit) {
  console.error('The first page loads too much script.');
  process.exit(1);
}
