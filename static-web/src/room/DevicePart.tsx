import { Button, Field, makeStyles, Select, Text, tokens } from '@fluentui/react-components';
import { CameraOffRegular, CameraRegular, MicOffRegular, MicRegular } from '@fluentui/react-icons';
import { useEffect, useSyncExternalStore } from 'react';
import { isGranted, type DevicePreview } from './DevicePreview';
import { LevelBar } from './LevelBar';
import { words } from './words';

const useStyles = makeStyles({
  part: { display: 'flex', flexDirection: 'column', gap: tokens.spacingVerticalS },
  quiet: { color: tokens.colorNeutralForeground3 },
});

const icons = {
  camera: { on: <CameraRegular />, off: <CameraOffRegular /> },
  microphone: { on: <MicRegular />, off: <MicOffRegular /> },
} as const;

/** One device: on and off, which one, and why not. It is used after a press, or where the browser has allowed it before. */
export function DevicePart({ preview }: { readonly preview: DevicePreview }) {
  const styles = useStyles();
  const { state, stream, devices, chosen } = useSyncExternalStore(preview.subscribe, preview.snapshot);
  const text = words.devices[preview.kind];
  const isOn = state === 'on';

  useEffect(() => {
    let isHere = true;
    void isGranted(preview.kind).then((granted) => {
      if (granted && isHere && preview.snapshot().state === 'off') void preview.turnOn();
    });
    return () => {
      isHere = false;
      preview.turnOff();
    };
  }, [preview]);

  return (
    <div className={styles.part}>
      <div>
        <Button
          icon={icons[preview.kind][isOn ? 'on' : 'off']}
          disabledFocusable={state === 'asking'}
          onClick={() => (isOn ? preview.turnOff() : void preview.turnOn())}
        >
          {isOn ? text.off : text.on}
        </Button>
      </div>
      <div role="status">
        {state !== 'on' && state !== 'off' && (
          <Text size={200} className={styles.quiet}>
            {text[state]}
          </Text>
        )}
      </div>
      {isOn && devices.length > 1 && (
        <Field label={text.name} size="small">
          <Select value={chosen ?? ''} onChange={(_event, { value }) => void preview.turnOn(value)}>
            {devices.map(({ id, label }, index) => (
              <option key={id} value={id}>
                {label || words.devices.unnamed(index)}
              </option>
            ))}
          </Select>
        </Field>
      )}
      {isOn && stream && preview.kind === 'microphone' && (
        <>
          <LevelBar stream={stream} />
          <Text size={200} className={styles.quiet}>
            {words.devices.level}
          </Text>
        </>
      )}
    </div>
  );
}
