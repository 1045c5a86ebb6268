import { Text } from '@fluentui/react-components';
import { useQueryClient } from '@tanstack/react-query';
import { useMemo, useState } from 'react';
import { useSearchParams } from 'react-router';
import { ErrorPanel } from '../identity/ErrorPanel';
import { OrganizationChoice } from '../me/OrganizationChoice';
import { mayReadAudit, mustChooseTrail } from '../me/permissions';
import { trailName } from '../me/trail';
import { useMe } from '../me/useMe';
import { readConditions, writeConditions, type Condition } from '../trail/conditions';
import { isFiltered, readView, toQuery, viewPath, without, writeView, type View } from '../trail/filters';
import { placeOf, storyPath } from '../trail/paths';
import { TrailShield } from '../trail/TrailShield';
import { TrailSwitch } from '../trail/TrailSwitch';
import { FaultyAddress } from '../trail/FaultyAddress';
import { addressFaults } from '../trail/addressFaults';
import { Page } from '../ui/Page';
import { PageSkeleton } from '../ui/PageSkeleton';
import { TextLink } from '../ui/TextLink';
import { Activity } from './Activity';
import { ExportMenu } from './ExportMenu';
import { Records } from './Records';
import { words } from './words';

export default function AuditPage() {
  const { data: me, error, refetch } = useMe();
  const [search, setSearch] = useSearchParams();
  const queryClient = useQueryClient();
  const view = useMemo(() => readView(search), [search]);
  const conditions = useMemo(() => readConditions(search), [search]);
  const [now, setNow] = useState(() => new Date());
  const query = useMemo(() => toQuery(view, now), [view, now]);
  const apply = (next: View, nextConditions: readonly Condition[] = conditions) => {
    setNow(new Date());
    setSearch(writeConditions(writeView(next), nextConditions));
  };
  const showNews = () => {
    setNow(new Date());
    void queryClient.resetQueries({ queryKey: ['audit', query] });
    window.scrollTo({ top: 0 });
  };
  const { organization, person } = view;
  const wrong = useMemo(() => addressFaults(search), [search]);
  const isOpen = me !== undefined && (organization !== undefined || !mustChooseTrail(me));
  const isReader = isOpen && mayReadAudit(me);

  return (
    <Page
      title={words.title}
      lead={organization ? `${trailName(organization)}. ${words.lead}` : words.lead}
      action={isReader && wrong.length === 0 && !view.text && <ExportMenu query={query} />}
    >
      {error && <ErrorPanel error={error} onRetry={() => void refetch()} />}
      {!me && !error && <PageSkeleton heading={false} rows={5} />}
      {me && !isOpen && <OrganizationChoice onChoose={(id) => apply({ ...view, organization: id })} />}
      {isReader && (
        <>
          <TrailSwitch
            organization={organization}
            onChoose={(id) =>
              apply({ ...without(view, 'organization'), ...(id ? { organization: id } : {}) })
            }
          />
          <TrailShield organization={organization} />
          <Text>
            <TextLink to={viewPath('/audit/verify', placeOf(view))}>{words.verify}</TextLink>
          </Text>
          {person && (
            <Text>
              <TextLink to={storyPath(person, view)}>{words.story(person)}</TextLink>
            </Text>
          )}
        </>
      )}
      {isOpen && wrong.length > 0 && <FaultyAddress path="/audit" search={search} wrong={wrong} />}
      {isOpen && wrong.length === 0 && (
        <Records
          query={query}
          view={view}
          conditions={conditions}
          isReader={isReader}
          isFiltered={isFiltered(view) || view.range !== undefined || view.from !== undefined}
          onChange={apply}
          onNews={showNews}
        >
          {isReader && !view.text && <Activity key={search.toString()} query={query} />}
        </Records>
      )}
    </Page>
  );
}
