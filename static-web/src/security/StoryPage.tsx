import { Button, makeStyles, Spinner, tokens } from '@fluentui/react-components';
import { useInfiniteQuery } from '@tanstack/react-query';
import { useMemo, useState } from 'react';
import { useNavigate, useParams, useSearchParams } from 'react-router';
import type { AuditRecord } from '../api/types';
import { useApi } from '../api/useApi';
import { ErrorPanel } from '../identity/ErrorPanel';
import { OrganizationChoice } from '../me/OrganizationChoice';
import { mustChooseTrail } from '../me/permissions';
import { trailName } from '../me/trail';
import { useMe } from '../me/useMe';
import { writeConditions } from '../trail/conditions';
import { EvidenceButton } from '../trail/EvidenceButton';
import { readView, viewPath, writeView } from '../trail/filters';
import { narrow } from '../trail/narrow';
import { placeOf, recordsPath, type Place } from '../trail/paths';
import { RecordDrawer } from '../trail/RecordDrawer';
import { Page } from '../ui/Page';
import { PageSkeleton } from '../ui/PageSkeleton';
import { Panel } from '../ui/Panel';
import { TextLink } from '../ui/TextLink';
import { ChapterPart } from './ChapterPart';
import { chaptersOf } from './story';
import { storyWords as words } from './words';

const useStyles = makeStyles({
  tools: { display: 'flex', flexWrap: 'wrap', alignItems: 'center', gap: tokens.spacingHorizontalM },
});

const pageSize = '200';

/** One person in one line of time, whatever they are called in the records. */
export default function StoryPage() {
  const { person = '' } = useParams();
  const { data: me, error, refetch } = useMe();
  const [search, setSearch] = useSearchParams();
  const place = useMemo(() => placeOf(readView(search)), [search]);
  const { organization } = place;
  return (
    <Page
      title={words.title(person)}
      lead={organization ? `${trailName(organization)}. ${words.lead}` : words.lead}
    >
      {error && <ErrorPanel error={error} onRetry={() => void refetch()} />}
      {!me && !error && <PageSkeleton heading={false} rows={5} />}
      {me &&
        (organization === undefined && mustChooseTrail(me) ? (
          <OrganizationChoice onChoose={(id) => setSearch(writeView({ ...place, organization: id }))} />
        ) : (
          <Story key={person} person={person} place={place} />
        ))}
    </Page>
  );
}

function Story({ person, place }: { readonly person: string; readonly place: Place }) {
  const styles = useStyles();
  const api = useApi();
  const navigate = useNavigate();
  const { organization, zone } = place;
  const [shown, setShown] = useState<AuditRecord>();
  const query = { person, organization };
  const records = useInfiniteQuery({
    queryKey: ['story', query],
    queryFn: ({ pageParam, signal }) =>
      api.listAudit({ ...query, limit: pageSize, cursor: pageParam }, signal),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (page) => page.cursor ?? undefined,
    refetchOnWindowFocus: false,
  });
  const chapters = useMemo(
    () => chaptersOf(records.data?.pages.flatMap((page) => page.records) ?? []).reverse(),
    [records.data],
  );
  const view = { ...placeOf(place), person };
  if (records.isPending) return <PageSkeleton heading={false} rows={5} />;
  if (!records.data) return <ErrorPanel error={records.error} onRetry={() => void records.refetch()} />;
  return (
    <>
      <div className={styles.tools}>
        <EvidenceButton query={query} label={words.evidence} />
        <TextLink to={recordsPath(view)}>{words.records}</TextLink>
        <TextLink to={viewPath('/security', placeOf(place))}>{words.back}</TextLink>
      </div>
      {chapters.length === 0 && <Panel title={words.emptyTitle}>{words.empty}</Panel>}
      {chapters.map((chapter) => (
        <ChapterPart
          key={chapter.steps[0]?.record.sequence}
          chapter={chapter}
          zone={zone}
          onShow={setShown}
        />
      ))}
      {records.error && <ErrorPanel error={records.error} onRetry={() => void records.fetchNextPage()} />}
      {records.isFetchingNextPage ? (
        <Spinner size="small" label={words.loading} />
      ) : records.hasNextPage ? (
        <Button onClick={() => void records.fetchNextPage()}>{words.earlier}</Button>
      ) : null}
      {shown && (
        <RecordDrawer
          record={shown}
          organization={organization}
          zone={zone}
          onNarrow={(narrowing) => {
            const next = narrow(view, [], narrowing);
            void navigate(`/audit?${writeConditions(writeView(next.view), next.conditions).toString()}`);
          }}
          onClose={() => setShown(undefined)}
        />
      )}
    </>
  );
}
