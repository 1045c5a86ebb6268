import { formatCount } from '../format/count';

export const words = {
  table: 'As a table',
  /** Said of one column, such as an hour. */
  column: (label: string, values: readonly string[]) => `${label}: ${values.join(', ')}`,
  value: (name: string, value: number) => `${name} ${formatCount(value)}`,
  choose: (label: string) => `Records of ${label}`,
  hint: 'Point at a column, or go by the arrow keys.',
  hintChoose: 'Point at a column, or go by the arrow keys; Enter shows its records.',
} as const;
