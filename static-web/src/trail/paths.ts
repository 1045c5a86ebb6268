import { viewPath, type View } from './filters';

/** Whose trail, and by which clock: what goes along from page to page. */
export interface Place {
  readonly organization?: string | undefined;
  readonly zone?: string | undefined;
}

export const placeOf = ({ organization, zone }: Place): View => ({
  ...(organization ? { organization } : {}),
  ...(zone ? { zone } : {}),
});

/** One record's own page, for good. */
export const recordPath = (sequence: number, place: Place): string =>
  viewPath(`/audit/${sequence}`, placeOf(place));

/** What somebody did, in order of time. */
export const storyPath = (person: string, place: Place): string =>
  viewPath(`/security/people/${encodeURIComponent(person)}`, placeOf(place));

/** The list of records. */
export const recordsPath = (view: View): string => viewPath('/audit', view);
