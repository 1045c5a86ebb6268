import { useMutation } from '@tanstack/react-query';
import { readExport, type ExportKind } from './exportFile';

/** An export may take long. */
export const patience = () => AbortSignal.timeout(300_000);

/** Saves an export once it is known to be whole; answers the name of its file. */
export function useDownload() {
  return useMutation({
    mutationFn: async (file: {
      readonly kind: ExportKind;
      readonly extension: string;
      readonly ask: () => Promise<Response>;
    }) => {
      const response = await file.ask();
      const name = `audit-${new Date().toISOString().slice(0, 16).replace(':', '')}Z.${file.extension}`;
      const address = URL.createObjectURL(await readExport(response, file.kind));
      Object.assign(document.createElement('a'), { href: address, download: name }).click();
      URL.revokeObjectURL(address);
      return name;
    },
  });
}
