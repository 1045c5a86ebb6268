import { describe, expect, it } from 'vitest';
import { readAddresses } from './addresses';

describe('addresses to invite', () => {
  it('are read however somebody lists them, each once', () => {
    const text =
      'dave@globex.example, Erin Evans <erin@globex.example>;\nDAVE@globex.example gwen@guest.example';
    expect(readAddresses(text).addresses.map((address) => address.toLowerCase())).toEqual([
      'dave@globex.example',
      'erin@globex.example',
      'gwen@guest.example',
    ]);
    expect(readAddresses(text).wrong).toBeUndefined();
    expect(readAddresses(' ,;\n').addresses).toEqual([]);
  });

  it('are told from what is none', () => {
    expect(readAddresses('dave@globex.example, erin').wrong).toBe('erin');
    expect(readAddresses('a@b@c').wrong).toBe('a@b@c');
  });
});
