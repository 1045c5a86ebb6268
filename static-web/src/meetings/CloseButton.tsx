import { Button } from '@fluentui/react-components';
import { DismissRegular } from '@fluentui/react-icons';
import { words } from './words';

/** In the corner of a dialog. */
export function CloseButton({ onClose }: { readonly onClose: () => void }) {
  return <Button appearance="subtle" aria-label={words.close} icon={<DismissRegular />} onClick={onClose} />;
}
