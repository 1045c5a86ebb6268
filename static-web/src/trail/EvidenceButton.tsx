import { Button, Text } from '@fluentui/react-components';
import { ArrowDownloadRegular } from '@fluentui/react-icons';
import { ErrorMessage } from '../api/ErrorMessage';
import { useApi } from '../api/useApi';
import type { Query } from './filters';
import { patience, useDownload } from './useDownload';
import { words } from './words';

/** Saves records with what proves each of them. */
export function EvidenceButton({ query, label }: { readonly query: Query; readonly label?: string }) {
  const api = useApi();
  const run = useDownload();
  const save = () =>
    run.mutate({
      kind: 'evidence',
      extension: 'evidence.ndjson',
      ask: () => api.exportEvidence(query, patience()),
    });
  return (
    <>
      <Button icon={<ArrowDownloadRegular />} disabledFocusable={run.isPending} onClick={save}>
        {run.isPending ? words.preparing : (label ?? words.evidence)}
      </Button>
      <Text size={200} role="status">
        {run.data ? words.saved(run.data) : ''}
      </Text>
      {run.error && <ErrorMessage error={run.error} />}
    </>
  );
}
