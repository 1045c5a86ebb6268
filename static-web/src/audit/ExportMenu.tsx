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
import { useMutation } from '@tanstack/react-query';
import { useApi } from '../api/useApi';
import { ErrorMessage } from '../api/ErrorMessage';
import { readExport } from './exportFile';
import { words } from './words';

const useStyles = makeStyles({
  export: { display: 'flex', flexDirection: 'column', alignItems: 'flex-end', gap: tokens.spacingVerticalXS },
});

const formats = {
  csv: { accept: 'text/csv', extension: 'csv', label: words.exportCsv },
  lines: { accept: 'application/x-ndjson', extension: 'ndjson', label: words.exportLines },
} as const;

/** Saves an export once it is known to be whole. */
export function ExportMenu({ query }: { readonly query: Readonly<Record<string, string | undefined>> }) {
  const styles = useStyles();
  const api = useApi();
  const run = useMutation({
    mutationFn: async (kind: keyof typeof formats) => {
      const { accept, extension } = formats[kind];
      const response = await api.exportAudit(query, accept, AbortSignal.timeout(300_000));
      const name = `audit-${new Date().toISOString().slice(0, 16).replace(':', '')}Z.${extension}`;
      const address = URL.createObjectURL(await readExport(response, accept));
      Object.assign(document.createElement('a'), { href: address, download: name }).click();
      URL.revokeObjectURL(address);
      return name;
    },
  });

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
            <MenuItem onClick={() => run.mutate('csv')}>{formats.csv.label}</MenuItem>
            <MenuItem onClick={() => run.mutate('lines')}>{formats.lines.label}</MenuItem>
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
