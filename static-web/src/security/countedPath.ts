import { belated, counted, writeConditions, type Condition } from '../trail/conditions';
import { without, writeView, type View } from '../trail/filters';
import type { Span } from './period';

/** The list of what was counted in a span: lists go by the time of recording, so what came later is looked through, and sorted out. */
export function countedPath(view: View, { from, to }: Span, ...conditions: readonly Condition[]): string {
  const recorded: View = {
    ...without(view, 'range'),
    from,
    to: new Date(Date.parse(to) + belated).toISOString(),
  };
  return `/audit?${writeConditions(writeView(recorded), [counted(from, to), ...conditions]).toString()}`;
}
