import {
  Button,
  DrawerBody,
  DrawerHeader,
  DrawerHeaderTitle,
  makeStyles,
  OverlayDrawer,
  Subtitle2,
  Text,
  tokens,
} from '@fluentui/react-components';
import { DismissRegular } from '@fluentui/react-icons';
import type { AuditRecord } from '../api/types';
import { TextLink } from '../ui/TextLink';
import { useListStyles } from '../ui/useListStyles';
import { OutcomeBadge } from './OutcomeBadge';
import { recordPath } from './paths';
import { RecordView } from './RecordView';
import type { Narrowing } from './ValueMenu';
import { words } from './words';

const useStyles = makeStyles({
  drawer: { width: 'min(36rem, 100vw)' },
  body: { display: 'flex', flexDirection: 'column', gap: tokens.spacingVerticalL },
  sibling: { display: 'flex', flexWrap: 'wrap', alignItems: 'center', gap: tokens.spacingHorizontalS },
});

/** One record beside the list that it is from, with those that tell of the same deed. */
export function RecordDrawer(props: {
  readonly record: AuditRecord;
  readonly siblings?: readonly AuditRecord[];
  readonly organization: string | undefined;
  readonly zone: string | undefined;
  readonly onNarrow: (narrowing: Narrowing) => void;
  readonly onClose: () => void;
}) {
  const styles = useStyles();
  const lists = useListStyles();
  const { record, siblings = [], organization, zone, onNarrow, onClose } = props;
  return (
    <OverlayDrawer
      className={styles.drawer}
      open
      position="end"
      onOpenChange={(_event, { open }) => !open && onClose()}
    >
      <DrawerHeader>
        <DrawerHeaderTitle
          action={
            <Button
              appearance="subtle"
              icon={<DismissRegular />}
              aria-label={words.close}
              onClick={onClose}
            />
          }
        >
          {words.record(record.sequence)}
        </DrawerHeaderTitle>
        <TextLink to={recordPath(record.sequence, { organization, zone })}>{words.openRecord}</TextLink>
      </DrawerHeader>
      <DrawerBody className={styles.body}>
        <RecordView
          record={record}
          organization={organization}
          zone={zone}
          onNarrow={(narrowing) => {
            onClose();
            onNarrow(narrowing);
          }}
        />
        {siblings.length > 0 && (
          <>
            <Subtitle2 as="h2">{words.siblings}</Subtitle2>
            <ul className={lists.parts}>
              {siblings.map((other) => (
                <li key={other.sequence} className={styles.sibling}>
                  <TextLink to={recordPath(other.sequence, { organization, zone })}>
                    {words.record(other.sequence)}
                  </TextLink>
                  <OutcomeBadge outcome={other.outcome} />
                  <Text>{other.sentence}</Text>
                </li>
              ))}
            </ul>
          </>
        )}
      </DrawerBody>
    </OverlayDrawer>
  );
}
