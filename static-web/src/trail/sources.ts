import { words } from './words';

const known: Readonly<Record<string, string>> = words.sources;

/** A source's name; one that is new to us goes by its id. */
export function sourceName(source: string): string {
  return known[source] ?? source;
}
