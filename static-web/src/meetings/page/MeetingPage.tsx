import { makeStyles, tokens } from '@fluentui/react-components';
import { useQuery } from '@tanstack/react-query';
import { useNavigate, useParams, useSearchParams } from 'react-router';
import type { Meeting, Occurrence } from '../../api/types';
import { useApi } from '../../api/useApi';
import { topicOf } from '../../format/topic';
import { ErrorPanel } from '../../identity/ErrorPanel';
import { Page } from '../../ui/Page';
import { PageSkeleton } from '../../ui/PageSkeleton';
import { TextLink } from '../../ui/TextLink';
import { AttendancePart } from './AttendancePart';
import { InvitationsPart } from './InvitationsPart';
import { MeetingActions } from './MeetingActions';
import { MeetingFacts } from './MeetingFacts';
import { OccurrencesPart } from './OccurrencesPart';
import { PasscodePart } from './PasscodePart';
import { RecordingsPart } from './RecordingsPart';
import { useMeetingActions } from '../useMeetingActions';
import { meetingKey, useMeetingCache } from '../useMeetingCache';
import { words } from './words';

const useStyles = makeStyles({
  page: {
    display: 'flex',
    flexDirection: 'column',
    gap: tokens.spacingVerticalL,
    '@media (max-width: 640px)': { '& button': { minHeight: '44px' } },
  },
});

/** One meeting, and what I may know of it and do with it. */
export default function MeetingPage() {
  const styles = useStyles();
  const navigate = useNavigate();
  const { id = '' } = useParams();
  const [address] = useSearchParams();
  const api = useApi();
  const cache = useMeetingCache();
  const read = useQuery<Meeting>({
    queryKey: meetingKey(id),
    queryFn: ({ signal }) => api.describeMeeting(id, signal),
    placeholderData: () => cache.find(id),
    refetchInterval: 60_000,
  });
  const actions = useMeetingActions(() => void navigate('/meetings', { replace: true }));

  const series = read.data;
  const wanted = address.get('occurrence');
  const occurrence = series?.occurrences?.find(({ occurrence_id }) => occurrence_id === wanted);
  const meeting = series && at(series, occurrence);
  const manages = meeting !== undefined && mayChange(meeting);

  return (
    <div className={styles.page}>
      <TextLink to="/meetings">{words.back}</TextLink>
      {!meeting && read.error && (
        <ErrorPanel level={1} error={read.error} onRetry={() => void read.refetch()} />
      )}
      {!meeting && !read.error && <PageSkeleton />}
      {meeting && (
        <Page title={topicOf(meeting)}>
          <MeetingActions
            meeting={meeting}
            manages={manages}
            actions={actions}
            one={occurrence && { series, occurrence }}
          />
          <MeetingFacts meeting={meeting} isOne={occurrence !== undefined} />
          {series.occurrences && !occurrence && (
            <OccurrencesPart meeting={series} manages={manages} actions={actions} />
          )}
          {manages && <InvitationsPart meeting={series} actions={actions} />}
          {meeting.status !== 'ended' && (
            <PasscodePart meeting={series} manages={manages} actions={actions} />
          )}
          {manages && <AttendancePart id={meeting.id} />}
          {manages && <RecordingsPart id={meeting.id} />}
        </Page>
      )}
      {actions.dialogs}
    </div>
  );
}

function mayChange({ permissions }: Meeting): boolean {
  return permissions !== undefined && (permissions.host || permissions.manage);
}

/** A series at one of its times. */
function at(series: Meeting, occurrence: Occurrence | undefined): Meeting {
  const { start_time, duration } = occurrence ?? {};
  return {
    ...series,
    ...(start_time === undefined ? {} : { start_time }),
    ...(duration === undefined ? {} : { duration }),
  };
}
