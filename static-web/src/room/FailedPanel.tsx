import { Button, makeStyles, Subtitle2, Text, tokens } from '@fluentui/react-components';
import type { ReactNode } from 'react';
import { useSettings } from '../config/settings';
import { formatMeetingNumber } from '../format/meetingNumber';
import { formatDateTime } from '../format/time';
import { Facts } from '../ui/Facts';
import { Panel } from '../ui/Panel';
import { outcomeOf, worthRetrying, ZoomError } from './outcome';
import type { RoomState } from './session';
import { words } from './words';

const useStyles = makeStyles({
  quiet: { color: tokens.colorNeutralForeground3 },
});

/** Zoom was asked and there is no meeting: says why and what to do. In the sandbox that is how it must end. */
export function FailedPanel(props: {
  readonly failure: Extract<RoomState, { phase: 'failed' }>;
  readonly onRetry: () => void;
  readonly exit: ReactNode;
}) {
  const styles = useStyles();
  const { sandbox } = useSettings();
  const { error, given, why } = props.failure;
  const outcome = outcomeOf(error);
  const { title, detail } = words.outcomes[outcome];

  const code = error instanceof ZoomError && error.code > 1 ? words.code(error.code) : undefined;
  const actions = (
    <>
      {(sandbox || worthRetrying(outcome)) && (
        <Button appearance={sandbox ? 'secondary' : 'primary'} onClick={props.onRetry}>
          {words.again}
        </Button>
      )}
      {props.exit}
    </>
  );

  if (!sandbox)
    return (
      <Panel title={title} role="alert" level={1} actions={actions}>
        <Text>{detail}</Text>
        {code && (
          <Text size={200} className={styles.quiet}>
            {code}
          </Text>
        )}
      </Panel>
    );

  const { given: names } = words;
  return (
    <Panel title={words.sandboxTitle} role="alert" level={1} actions={actions}>
      <Text>{words.sandbox}</Text>
      {why && (
        <Text weight="semibold">
          {words.loweredTitle}: {why}
        </Text>
      )}
      <Subtitle2 as="h2">{names.title}</Subtitle2>
      <Facts
        facts={[
          [names.meetingNumber, formatMeetingNumber(given.meetingNumber)],
          [names.role, `${words.roles[given.role]} (${given.role})`],
          [names.userName, given.userName],
          [names.customerKey, given.customerKey],
          [names.expires, formatDateTime(given.expiresAt)],
          [names.signature, given.signature],
          [names.passcode, given.hasPasscode ? names.withheld : names.none],
          [names.zak, given.hasZak ? names.withheld : names.none],
          [names.answer, [title, code].filter(Boolean).join('. ')],
        ]}
      />
      <Subtitle2 as="h2">{names.claims}</Subtitle2>
      <Facts facts={Object.entries(given.claims).map(([name, value]) => [name, String(value)] as const)} />
    </Panel>
  );
}
