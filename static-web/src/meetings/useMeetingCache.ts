import { useQueryClient } from '@tanstack/react-query';
import type { Meeting, MeetingPage, Occurrence } from '../api/types';
import { end, place, remove } from './pages';
import type { View } from './view';

export const meetingKey = (id: number | string) => ['meeting', String(id)];

/** Puts what the API has answered where it is shown, so that nothing is asked again for it. */
export function useMeetingCache() {
  const queryClient = useQueryClient();
  const changeLists = (change: (list: MeetingPage, view: View) => MeetingPage) => {
    // What was asked before the change knows nothing of it.
    void queryClient.cancelQueries({ queryKey: ['meetings'] });
    for (const [key, list] of queryClient.getQueriesData<MeetingPage>({ queryKey: ['meetings'] }))
      if (list) queryClient.setQueryData(key, change(list, key[1] as View));
  };
  const changeOne = (id: number, change: (meeting: Meeting) => Meeting) =>
    queryClient.setQueryData<Meeting>(meetingKey(id), (known) => known && change(known));
  const changeOccurrences = (id: number, change: (known: readonly Occurrence[]) => Occurrence[]) => {
    changeOne(id, (known) => ({
      ...known,
      occurrences: change(known.occurrences ?? []).toSorted(
        (one, other) => Date.parse(one.start_time ?? '') - Date.parse(other.start_time ?? ''),
      ),
    }));
    // A series stands in lists under the time that comes next.
    void queryClient.invalidateQueries({ queryKey: ['meetings'] });
  };

  return {
    /** A meeting that is in some list, for a page to begin with. */
    find: (id: string) =>
      queryClient
        .getQueriesData<MeetingPage>({ queryKey: ['meetings'] })
        .flatMap(([, list]) => list?.meetings ?? [])
        .find((meeting) => String(meeting.id) === id),
    saved: (saved: Meeting) => {
      const meeting = { ...saved };
      // Shown on demand alone, and recorded then.
      delete meeting.password;
      changeLists((list, view) => place(list, meeting, view));
      changeOne(meeting.id, (known) => ({ ...known, ...meeting }));
    },
    ended: (id: number) => {
      changeLists((list) => end(list, id));
      changeOne(id, (known) => ({ ...known, status: 'ended' }));
    },
    removed: (id: number) => {
      changeLists((list) => remove(list, id));
      queryClient.removeQueries({ queryKey: meetingKey(id) });
    },
    /** `saved` is the series at the occurrence that was changed, and has it alone. */
    occurrenceSaved: (saved: Meeting, { occurrence_id: before }: Occurrence) =>
      changeOccurrences(saved.id, (known) => [
        ...known.filter(({ occurrence_id }) => occurrence_id !== before),
        ...(saved.occurrences ?? []),
      ]),
    occurrenceRemoved: (id: number, occurrence: string) =>
      changeOccurrences(id, (known) => known.filter(({ occurrence_id }) => occurrence_id !== occurrence)),
  };
}
