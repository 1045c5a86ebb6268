import { isRange, rangeStart, type RangeName } from './ranges';

/** What a record can be asked for, by the API's names. */
export const filterNames = ['person', 'ip', 'action', 'outcome', 'source', 'meeting', 'text'] as const;
export type FilterName = (typeof filterNames)[number];

const viewNames = ['range', 'from', 'to', 'zone', 'organization', ...filterNames] as const;
type ViewName = (typeof viewNames)[number];

/** What of a trail is looked at, and by which clock, as the address bar has it. `range` counts back from now, and goes before `from` and `to`. */
export type View = Partial<Record<Exclude<ViewName, 'range'>, string>> & { range?: RangeName };
/** A view as the API is asked for it. */
export type Query = Readonly<Record<string, string | undefined>>;

export function readView(search: URLSearchParams): View {
  const view: Partial<Record<ViewName, string>> = {};
  for (const name of viewNames) {
    const value = search.get(name)?.trim();
    if (value) view[name] = value;
  }
  const { range, ...rest } = view;
  return isRange(range) ? { ...rest, range } : rest;
}

export function writeView(view: View): URLSearchParams {
  const search = new URLSearchParams();
  for (const name of viewNames) {
    const value = view[name]?.trim();
    if (value) search.set(name, value);
  }
  return search;
}

/** A view without some of what it says. */
export function without(view: View, ...names: readonly ViewName[]): View {
  const kept = viewNames.filter((name) => !names.includes(name) && view[name] !== undefined);
  return Object.fromEntries(kept.map((name) => [name, view[name]]));
}

/** The address of a page with a view. */
export const viewPath = (path: string, view: View): string => {
  const search = writeView(view).toString();
  return search ? `${path}?${search}` : path;
};

/** The API wants instants; what is none goes there as it is, so that it says so. */
function instant(value: string | undefined): string | undefined {
  const time = value ? new Date(value) : undefined;
  return time && !Number.isNaN(time.getTime()) ? time.toISOString() : value;
}

export function toQuery(view: View, now: Date): Query {
  const { range } = view;
  return {
    ...without(view, 'range', 'zone'),
    from: range ? rangeStart(range, now).toISOString() : instant(view.from),
    to: range ? undefined : instant(view.to),
    meeting: view.meeting?.replace(/[\s-]/g, ''),
  };
}

/** Whether anything is asked for but the time, the clock and whose trail. */
export const isFiltered = (view: View): boolean => filterNames.some((name) => view[name] !== undefined);
