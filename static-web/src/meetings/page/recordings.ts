import type { Recording } from '../../api/types';
import { recordingWords as words } from './words';

/** What a file is: Zoom's own name for its kind, as people write it. */
export function tellKind({ recording_type: kind, file_type: format }: Recording): string {
  const name = kind ? kind.replaceAll('_', ' ').replace(/^./, (first) => first.toUpperCase()) : words.file;
  return format ? words.kind(name, format) : name;
}

/** 1.4 MB */
export function tellSize(bytes: number, language?: string): string {
  const [value, unit] = bytes < 1_000_000 ? [bytes / 1000, 'kilobyte'] : [bytes / 1_000_000, 'megabyte'];
  return new Intl.NumberFormat(language, { style: 'unit', unit, maximumFractionDigits: 1 }).format(value);
}
