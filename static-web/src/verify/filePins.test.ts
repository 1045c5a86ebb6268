import { describe, expect, it } from 'vitest';
import { readFilePins, withSeen, writeFilePins } from './filePins';

describe('what is pinned without a sign-in', () => {
  it('keeps what was seen of each log, the newest alone', () => {
    const [acme, globex] = ['a/1', 'a/2'].map((log) => ({ log, size: 3, root: 'AA==' }));
    const pins = [acme!, globex!, { ...acme!, size: 4 }].reduce(withSeen, { keys: ['k'], seen: [] });
    const storage = storageOf();
    writeFilePins(pins, storage);
    expect(readFilePins(storage)).toEqual({ keys: ['k'], seen: [globex, { ...acme, size: 4 }] });
  });

  it.each(['', 'x', '{"keys":1}', '{"keys":[1]}'])('is nothing where %s is stored', (stored) => {
    expect(readFilePins(storageOf(stored))).toEqual({ keys: [], seen: [] });
  });
});

/** Of one item, whatever its name. */
function storageOf(item: string | null = null): Storage {
  return {
    getItem: () => item,
    setItem: (_: string, value: string) => (item = value),
  } as Partial<Storage> as Storage;
}
