import { Panel } from '../ui/Panel';
import { isNarrowed, type View } from './view';
import { words } from './words';

/** An empty list, and what to do about it. */
export function NoMeetings({ view, mayCreate }: { readonly view: View; readonly mayCreate: boolean }) {
  if (isNarrowed(view))
    return <Panel title={words.noneTitle}>{view.when ? words.nonePast : words.none}</Panel>;
  if (view.when) return <Panel title={words.emptyPastTitle}>{words.emptyPast}</Panel>;
  return <Panel title={words.emptyTitle}>{mayCreate ? words.emptyHost : words.empty}</Panel>;
}
