import {
  Button,
  Checkbox,
  makeStyles,
  Spinner,
  Subtitle2,
  Text,
  Title2,
  tokens,
} from '@fluentui/react-components';
import { useEffect, type ReactNode } from 'react';
import { formatDateTime, formatDuration } from '../format/time';
import { topicOf } from '../format/topic';
import { Facts } from '../ui/Facts';
import { CameraView } from './CameraView';
import { DevicePart } from './DevicePart';
import type { DevicePreview } from './DevicePreview';
import type { LobbyView } from './Lobby';
import { words } from './words';
import { prepareZoom } from './zoom';

const useStyles = makeStyles({
  lobby: {
    display: 'grid',
    gridTemplateColumns: 'minmax(0, 1fr) minmax(0, 1fr)',
    gap: tokens.spacingHorizontalXXXL,
    boxSizing: 'border-box',
    padding: tokens.spacingVerticalXXL,
    backgroundColor: tokens.colorNeutralBackground1,
    borderRadius: tokens.borderRadiusLarge,
    boxShadow: tokens.shadow4,
    outline: '1px solid transparent',
    '@media (max-width: 800px)': { gridTemplateColumns: 'minmax(0, 1fr)', padding: tokens.spacingVerticalL },
  },
  part: { display: 'flex', flexDirection: 'column', gap: tokens.spacingVerticalL },
  topic: { overflowWrap: 'anywhere' },
  state: { display: 'flex', alignItems: 'center', gap: tokens.spacingHorizontalS },
  fact: { display: 'flex', flexDirection: 'column' },
  actions: { display: 'flex', flexWrap: 'wrap', gap: tokens.spacingHorizontalM },
  devices: {
    display: 'grid',
    gridTemplateColumns: 'repeat(auto-fit, minmax(12rem, 1fr))',
    gap: tokens.spacingHorizontalL,
  },
  quiet: { color: tokens.colorNeutralForeground3 },
});

export interface Devices {
  readonly camera: DevicePreview;
  readonly microphone: DevicePreview;
}

/** Before the meeting: what it is, who one is there, whether it runs, and a look at oneself. Zoom's files come meanwhile. */
export function LobbyPanel(props: {
  readonly view: LobbyView;
  readonly name: string;
  readonly devices: Devices;
  readonly exit: ReactNode;
  readonly onJoin: (role?: 0 | 1) => void;
  readonly onJoinByItself: (wished: boolean) => void;
}) {
  const styles = useStyles();
  const { view, devices } = props;
  const { meeting, role, waits } = view;
  const text = words.lobby;
  useEffect(() => void prepareZoom(), []);

  const when = meeting.start_time
    ? [formatDateTime(meeting.start_time), meeting.duration && formatDuration(meeting.duration)]
        .filter(Boolean)
        .join(', ')
    : text.whenAny;
  const recording = meeting.settings?.auto_recording;
  const isQuiet = (part: string) => (
    <Text size={200} className={styles.quiet}>
      {part}
    </Text>
  );

  return (
    <div className={styles.lobby}>
      <section className={styles.part}>
        <Title2 as="h1" dir="auto" className={styles.topic}>
          {topicOf(meeting)}
        </Title2>
        <div role="status">
          <div className={styles.state}>
            {waits && view.status === 'waiting' ? (
              <Spinner size="tiny" label={stateText(view)} />
            ) : (
              <Text weight="semibold">{stateText(view)}</Text>
            )}
          </div>
          {view.isOutOfTouch && isQuiet(text.outOfTouch)}
        </div>
        {waits && view.status === 'ended' && isQuiet(text.endedMore)}
        {waits && (
          <Checkbox
            label={text.byItself}
            checked={view.joinsByItself}
            onChange={(_event, { checked }) => props.onJoinByItself(checked === true)}
          />
        )}
        <div className={styles.actions}>
          <Button appearance={waits ? 'secondary' : 'primary'} size="large" onClick={() => props.onJoin()}>
            {role === 1 && view.status !== 'started' ? text.start : text.join}
          </Button>
          {view.mayHost && view.status !== 'started' && (
            <Button appearance="primary" size="large" onClick={() => props.onJoin(1)}>
              {text.startInstead}
            </Button>
          )}
          {props.exit}
        </div>
        <Facts
          facts={[
            [text.when, when],
            ...(meeting.host_email ? [[text.host, meeting.host_email] as const] : []),
            [
              text.you,
              <span key="you" className={styles.fact}>
                <Text>{text.seenAs(props.name, role)}</Text>
                {isQuiet(view.why)}
              </span>,
            ],
            [
              text.recorded,
              <span key="recorded" className={styles.fact}>
                <Text>{recording ? text.recording[recording] : text.recordingUnknown}</Text>
                {isQuiet(text.audited)}
              </span>,
            ],
          ]}
        />
      </section>
      <section className={styles.part} aria-labelledby="devices">
        <CameraView camera={devices.camera} />
        <Subtitle2 as="h2" id="devices">
          {words.devices.title}
        </Subtitle2>
        <div className={styles.devices}>
          <DevicePart preview={devices.camera} />
          <DevicePart preview={devices.microphone} />
        </div>
        {isQuiet(words.devices.again)}
      </section>
    </div>
  );
}

function stateText({ status, role, waits }: LobbyView): string {
  if (status !== 'waiting') return words.lobby[status];
  if (role === 1) return words.lobby.waitingToHost;
  return waits ? words.lobby.waiting : words.lobby.open;
}
