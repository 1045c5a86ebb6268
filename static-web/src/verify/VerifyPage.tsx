import { useAuth0 } from '@auth0/auth0-react';
import { makeStyles, tokens } from '@fluentui/react-components';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useSearchParams } from 'react-router';
import { useApi } from '../api/useApi';
import { OrganizationChoice } from '../me/OrganizationChoice';
import { mayReadAudit, mustChooseTrail } from '../me/permissions';
import { useMe } from '../me/useMe';
import { ErrorPanel } from '../identity/ErrorPanel';
import { Page } from '../ui/Page';
import { PageSkeleton } from '../ui/PageSkeleton';
import { TextLink } from '../ui/TextLink';
import { thumbprintOf } from './checkpoint';
import { FilePanel } from './FilePanel';
import { KeyPanel } from './KeyPanel';
import { forgetPin, readPin, writePin, type Pin } from './pins';
import { VerificationPanel } from './VerificationPanel';
import { VisitorPanels } from './VisitorPanels';
import { words } from './words';

const useStyles = makeStyles({
  panels: { display: 'flex', flexDirection: 'column', gap: tokens.spacingVerticalXL },
});

/** Whoever is not signed in, or may read no trail, checks files; the trail itself is for those who may read it. */
export default function VerifyPage() {
  const { isAuthenticated, isLoading } = useAuth0();
  if (isAuthenticated) return <TrailPage />;
  return <FilesPage isLoading={isLoading} />;
}

function FilesPage({ isLoading = false }: { readonly isLoading?: boolean }) {
  return (
    <Page title={words.title} lead={words.visitorLead}>
      {isLoading ? <PageSkeleton heading={false} rows={2} /> : <VisitorPanels />}
    </Page>
  );
}

function TrailPage() {
  const { data: me, error, refetch } = useMe();
  const [search, setSearch] = useSearchParams();
  const chosen = search.get('organization') ?? undefined;
  const organization = chosen ?? (me && !mustChooseTrail(me) ? me.organization?.id : undefined);

  // They may have been handed a file, as anybody.
  if (me && !mayReadAudit(me)) return <FilesPage />;
  return (
    <Page
      title={words.title}
      lead={words.lead}
      action={
        <TextLink to={chosen ? `/audit?organization=${encodeURIComponent(chosen)}` : '/audit'}>
          {words.back}
        </TextLink>
      }
    >
      {error && <ErrorPanel error={error} onRetry={() => void refetch()} />}
      {!me && !error && <PageSkeleton heading={false} rows={2} />}
      {me && !organization && (
        <OrganizationChoice onChoose={(id) => setSearch(new URLSearchParams({ organization: id }))} />
      )}
      {organization && <Trail key={organization} organization={organization} />}
    </Page>
  );
}

/** First the key, then the verification: without a pinned key there is nothing to hold against us. */
function Trail({ organization }: { readonly organization: string }) {
  const styles = useStyles();
  const api = useApi();
  const [pin, setPin] = useState(() => readPin(organization));
  const named = useQuery({
    queryKey: ['keys', organization],
    queryFn: async ({ signal }) => {
      // Keys are for everybody; whoever may not read the trail is told so now, not after pinning one.
      await api.listAudit({ organization, limit: '1' }, signal);
      return api.listKeys(signal);
    },
  });

  const change = (next: Pin) => {
    writePin(organization, next);
    setPin(next);
  };
  const forget = () => {
    forgetPin(organization);
    setPin({ keys: [] });
  };

  const request = { organization, trusted: pin.keys, seen: pin.seen };
  if (named.error) return <ErrorPanel error={named.error} onRetry={() => void named.refetch()} />;
  if (!named.data) return <PageSkeleton heading={false} rows={2} />;
  return (
    <div className={styles.panels}>
      <KeyPanel
        organization={organization}
        pinned={pin.keys}
        fingerprints={named.data.keys.map(thumbprintOf)}
        noteKeys={named.data.noteKeys}
        witnessKeys={named.data.witnessKeys}
        onPin={(key) => change({ ...pin, keys: [...pin.keys, key] })}
        onForget={forget}
      />
      {pin.keys.length > 0 && (
        <>
          <VerificationPanel request={request} onProved={(seen) => change({ ...pin, seen })} />
          <FilePanel
            request={{ organization, trusted: pin.keys, seen: pin.seen ? [pin.seen] : [] }}
            onProved={(seen) => change({ ...pin, seen })}
          />
        </>
      )}
    </div>
  );
}
