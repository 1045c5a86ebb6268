import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { toBase64 } from '../format/bytes';
import type { CheckpointFile } from './checkpoint';
import { readCheckpointFile, verifyCheckpoints } from './checkpointFile';
import { parseCheckpoint } from './log/checkpoint';
import type { Seen } from './pins';

// Shared with the .NET verifier's tests.
const vectors = JSON.parse(
  readFileSync(new URL('../../../tests/vectors/trails.json', import.meta.url), 'utf8'),
) as {
  readonly keys: { readonly fingerprint: string; readonly vkey: string };
  readonly checkpoints: readonly CheckpointFile[];
};
const { fingerprint, vkey } = vectors.keys;
const [first, , at12] = vectors.checkpoints as [CheckpointFile, CheckpointFile, CheckpointFile];
const bodyOf = ({ note }: CheckpointFile) => parseCheckpoint(note.slice(0, note.indexOf('\n\n') + 1))!;
const seenOf = (file: CheckpointFile, change: Partial<Seen> = {}): Seen => {
  const { origin, head } = bodyOf(file);
  return { log: origin, size: head.size, root: toBase64(head.root), ...change };
};

async function check(content: string, seen?: Seen, trusted: readonly string[] = [fingerprint, vkey]) {
  const checkpoints = await readCheckpointFile(new Blob([content]));
  return checkpoints && verifyCheckpoints(checkpoints, trusted, seen ? [seen] : []);
}

describe('a file of checkpoints', () => {
  it.each([
    ['a page of them', JSON.stringify({ checkpoints: [first, at12], cursor: null }), 2],
    ['one of them', JSON.stringify(at12), 1],
    ['a signed note', at12.note, 1],
  ])('as %s is proved by the pinned key', async (_, content, checkpoints) => {
    expect(await check(content)).toMatchObject({
      checkpoints,
      newest: { head: { size: 12 } },
      problems: [],
      latest: seenOf(at12),
    });
  });

  it('that goes on from what was seen is no alarm', async () => {
    for (const seen of [seenOf(at12), seenOf(first), seenOf(at12, { log: 'another', size: 99 })])
      expect(await check(JSON.stringify(at12), seen)).toMatchObject({ problems: [] });
  });

  it('that is smaller than what was seen is an alarm, and is not remembered', async () => {
    const verdict = await check(first.note, seenOf(at12));
    const { size } = bodyOf(first).head;
    expect(verdict?.problems).toEqual([{ code: 'fork', seenSize: 12, size }]);
    expect(verdict?.latest).toBeUndefined();
  });

  it('that contradicts what was seen is an alarm', async () => {
    const other = seenOf(first, { root: toBase64(bodyOf(at12).head.root) });
    const both = JSON.stringify({ checkpoints: [first, at12] });
    expect((await check(both, other))?.problems).toEqual([{ code: 'fork', seenSize: other.size }]);
  });

  it('of nobody whose key is pinned proves nothing', async () => {
    for (const content of [JSON.stringify(at12), at12.note, at12.note.replace('\n12\n', '\n13\n')])
      expect(await check(content, undefined, ['another'])).toMatchObject({
        newest: undefined,
        problems: [{ code: 'bad_checkpoint' }],
      });
    expect(await check(at12.note.replace('\n12\n', '\n13\n'))).toMatchObject({ newest: undefined });
  });

  it('is told from others, and a broken one is told', async () => {
    for (const content of ['', 'x', '{}', '[]', '{"trailer":{}}'])
      expect(await check(content)).toBeUndefined();
    for (const content of ['{"checkpoints":[{}]}', '{"note":1}'])
      await expect(check(content)).rejects.toMatchObject({ code: 'incomplete' });
  });
});
