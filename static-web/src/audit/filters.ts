/** The audit's filters by their names in the API and in the address bar. */
export const filterNames = [
  'from',
  'to',
  'action',
  'person',
  'ip',
  'meeting',
  'outcome',
  'source',
  'organization',
] as const;

export type FilterName = (typeof filterNames)[number];
export type Filters = Readonly<Partial<Record<FilterName, string>>>;

export function readFilters(search: URLSearchParams): Filters {
  const filters: Partial<Record<FilterName, string>> = {};
  for (const name of filterNames) {
    const value = search.get(name)?.trim();
    if (value) filters[name] = value;
  }
  return filters;
}

export function writeFilters(filters: Filters): URLSearchParams {
  const search = new URLSearchParams();
  for (const name of filterNames) {
    const value = filters[name]?.trim();
    if (value) search.set(name, value);
  }
  return search;
}

/** The address bar holds the reader's local minutes (as the fields do); the API wants an instant. */
export function toQuery(filters: Filters): Record<string, string | undefined> {
  const instant = (value?: string) => {
    const time = value ? new Date(value) : undefined;
    return time && !Number.isNaN(time.getTime()) ? time.toISOString() : undefined;
  };
  return {
    ...filters,
    from: instant(filters.from),
    to: instant(filters.to),
    meeting: filters.meeting?.replace(/[\s-]/g, ''),
  };
}
