import { expect, test } from 'vitest';

const sources = import.meta.glob<string>('../**/*.{ts,tsx}', {
  query: '?raw',
  import: 'default',
  eager: true,
});

// Where colours are forced no shadow is drawn; a transparent outline is, in the text's colour.
test.each(
  Object.entries(sources).filter(
    ([path, text]) => !path.endsWith('.test.ts') && /tokens\.shadow[24],/.test(text),
  ),
)('%s gives each card an edge where colours are forced', (_, text) => {
  const cards = text.match(/tokens\.shadow[24],/g) ?? [];
  expect(text.match(/tokens\.shadow[24],\n\s+outline: '1px solid transparent',/g)).toHaveLength(cards.length);
});
