import { describe, expect, it } from 'vitest';
import { readExport } from './exportFile';

const evidence = '{"evidence":{"records":1,"checkpoint":{}}}\n';
const trailer = '{"trailer":{"records":2,"before":{"sequence":0,"hash":"00"}}}\n';

describe('an export to keep', () => {
  it.each([
    ['lines', `{"sequence":1}\n{"sequence":2}\n${trailer}`],
    ['evidence', `{"sequence":1}\n{"proof":""}\n${evidence}`],
    ['csv', 'sequence,sentence\r\n1,"a\r\nb"\r\nrecords,1\r\n'],
  ] as const)('of %s is kept byte for byte', async (kind, body) => {
    expect(await (await readExport(new Response(body), kind)).text()).toBe(body);
  });

  it.each([
    ['lines', ''],
    ['lines', '{"sequence":1}\n{"sequence":2}\n'],
    ['lines', `{"sequence":1}\n${trailer}`],
    ['evidence', `{"sequence":1}\n${evidence}`],
    ['csv', 'sequence,sentence\r\n1,a\r\n'],
    ['csv', 'sequence,sentence\r\n1,a\r\nrecords,1'],
  ] as const)('of %s is refused when it is not whole: %j', async (kind, body) => {
    await expect(readExport(new Response(body), kind)).rejects.toMatchObject({ code: 'incomplete' });
  });
});
