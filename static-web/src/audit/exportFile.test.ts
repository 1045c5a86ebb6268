import { describe, expect, it } from 'vitest';
import { readExport } from './exportFile';

const trailer = '{"trailer":{"records":2,"before":{"sequence":0,"hash":"00"}}}\n';

describe('an export to keep', () => {
  it.each([
    ['application/x-ndjson', `{"sequence":1}\n{"sequence":2}\n${trailer}`],
    ['text/csv', 'sequence,sentence\r\n1,"a\r\nb"\r\nrecords,1\r\n'],
  ] as const)('of %s is kept byte for byte', async (type, body) => {
    expect(await (await readExport(new Response(body), type)).text()).toBe(body);
  });

  it.each([
    ['application/x-ndjson', ''],
    ['application/x-ndjson', '{"sequence":1}\n{"sequence":2}\n'],
    ['application/x-ndjson', `{"sequence":1}\n${trailer}`],
    ['text/csv', 'sequence,sentence\r\n1,a\r\n'],
    ['text/csv', 'sequence,sentence\r\n1,a\r\nrecords,1'],
  ] as const)('of %s is refused when it is not whole: %j', async (type, body) => {
    await expect(readExport(new Response(body), type)).rejects.toMatchObject({ code: 'incomplete' });
  });
});
