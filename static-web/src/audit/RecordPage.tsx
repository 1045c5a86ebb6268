import { Text } from '@fluentui/react-components';
import { useQuery } from '@tanstack/react-query';
import { useMemo } from 'react';
import { useNavigate, useParams, useSearchParams } from 'react-router';
import { useApi } from '../api/useApi';
import { ErrorPanel } from '../identity/ErrorPanel';
import { OrganizationChoice } from '../me/OrganizationChoice';
import { mustChooseTrail } from '../me/permissions';
import { trailName } from '../me/trail';
import { useMe } from '../me/useMe';
import { writeConditions } from '../trail/conditions';
import { readView, viewPath, writeView } from '../trail/filters';
import { narrow } from '../trail/narrow';
import { placeOf, type Place } from '../trail/paths';
import { RecordView } from '../trail/RecordView';
import { words as trailWords } from '../trail/words';
import { Page } from '../ui/Page';
import { PageSkeleton } from '../ui/PageSkeleton';
import { Panel } from '../ui/Panel';
import { TextLink } from '../ui/TextLink';
import { readRecord } from './readRecord';
import { words } from './words';

/** One record at its own address, which can be sent to whoever may read the trail. */
export default function RecordPage() {
  const { sequence = '' } = useParams();
  const { data: me, error, refetch } = useMe();
  const [search, setSearch] = useSearchParams();
  const place = useMemo(() => placeOf(readView(search)), [search]);
  const { organization } = place;
  const isNumber = /^[1-9]\d{0,14}$/.test(sequence);
  const back = viewPath('/audit', placeOf(place));
  return (
    <Page
      title={isNumber ? trailWords.record(Number(sequence)) : words.recordWrongTitle}
      lead={organization ? `${trailName(organization)}. ${words.recordLead}` : words.recordLead}
    >
      {error && <ErrorPanel error={error} onRetry={() => void refetch()} />}
      {!me && !error && <PageSkeleton heading={false} rows={5} />}
      {me && !isNumber && <Panel title={words.recordWrongTitle}>{words.recordWrong}</Panel>}
      {me &&
        isNumber &&
        (organization === undefined && mustChooseTrail(me) ? (
          <OrganizationChoice onChoose={(id) => setSearch(writeView({ ...place, organization: id }))} />
        ) : (
          <OneRecord sequence={sequence} place={place} />
        ))}
      <Text>
        <TextLink to={back}>{words.back}</TextLink>
      </Text>
    </Page>
  );
}

function OneRecord({ sequence, place }: { readonly sequence: string; readonly place: Place }) {
  const { organization, zone } = place;
  const api = useApi();
  const navigate = useNavigate();
  const { data, error, refetch } = useQuery({
    queryKey: ['record', sequence, organization],
    queryFn: ({ signal }) => readRecord(api, sequence, organization, signal),
    staleTime: Infinity,
  });
  if (error) return <ErrorPanel error={error} onRetry={() => void refetch()} />;
  if (!data) return <PageSkeleton heading={false} rows={5} />;
  return (
    <RecordView
      record={data}
      organization={organization}
      zone={zone}
      onNarrow={(narrowing) => {
        const { view, conditions } = narrow(placeOf(place), [], narrowing);
        void navigate(`/audit?${writeConditions(writeView(view), conditions).toString()}`);
      }}
    />
  );
}
