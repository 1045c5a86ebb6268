import {
  Button,
  makeStyles,
  Menu,
  MenuItem,
  MenuList,
  MenuPopover,
  MenuTrigger,
  Text,
  tokens,
} from '@fluentui/react-components';
import { ArrowDownloadRegular } from '@fluentui/react-icons';
import { useApi } from '../api/useApi';
import { ErrorMessage } from '../api/ErrorMessage';
import type { Api } from '../api/client';
import type { ExportKind } from '../trail/exportFile';
import type { Query } from '../trail/filters';
import { patience, useDownload } from '../trail/useDownload';
import { words } from './words';

const useStyles = makeStyles({
  export: { display: 'flex', flexDirection: 'column', alignItems: 'flex-end', gap: tokens.spacingVerticalXS },
});

const formats: Readonly<
  Record<ExportKind, { label: string; extension: string; ask: (api: Api, query: Query) => Promise<Response> }>
> = {
  csv: {
    label: words.exportCsv,
    extension: 'csv',
    ask: (api, query) => api.exportAudit(query, 'text/csv', patience()),
  },
  lines: {
    label: words.exportLines,
    extension: 'ndjson',
    ask: (api, query) => api.exportAudit(query, 'application/x-ndjson', patience()),
  },
  evidence: {
    label: words.exportEvidence,
    extension: 'evidence.ndjson',
    ask: (api, query) => api.exportEvidence(query, patience()),
  },
};

/** Saves an export once it is known to be whole. */
export function ExportMenu({ query }: { readonly query: Query }) {
  const styles = useStyles();
  const api = useApi();
  const run = useDownload();
  const save = (kind: ExportKind) => {
    const { ask, extension } = formats[kind];
    run.mutate({ kind, extension, ask: () => ask(api, query) });
  };

  return (
    <div className={styles.export}>
      <Menu>
        <MenuTrigger disableButtonEnhancement>
          <Button icon={<ArrowDownloadRegular />} disabledFocusable={run.isPending}>
            {run.isPending ? words.exporting : words.export}
          </Button>
        </MenuTrigger>
        <MenuPopover>
          <MenuList>
            {(['csv', 'lines', 'evidence'] as const).map((kind) => (
              <MenuItem key={kind} onClick={() => save(kind)}>
                {kind === 'evidence' && query['person'] ? words.exportEvidenceAbout : formats[kind].label}
              </MenuItem>
            ))}
          </MenuList>
        </MenuPopover>
      </Menu>
      <Text size={200} role="status">
        {run.data ? words.exported(run.data) : ''}
      </Text>
      {run.error && <ErrorMessage error={run.error} />}
    </div>
  );
}
