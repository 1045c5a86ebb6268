import { makeStyles, Text, tokens } from '@fluentui/react-components';
import { useEffect, useRef, useSyncExternalStore } from 'react';
import type { DevicePreview } from './DevicePreview';
import { words } from './words';

const useStyles = makeStyles({
  frame: {
    position: 'relative',
    aspectRatio: '16 / 9',
    display: 'grid',
    placeItems: 'center',
    overflow: 'hidden',
    borderRadius: tokens.borderRadiusLarge,
    backgroundColor: '#111',
    color: '#fff',
    forcedColorAdjust: 'none',
  },
  // As in a mirror: that is how people know themselves.
  video: { width: '100%', height: '100%', objectFit: 'cover', transform: 'scaleX(-1)' },
});

/** What the camera sees. */
export function CameraView({ camera }: { readonly camera: DevicePreview }) {
  const styles = useStyles();
  const { stream, state } = useSyncExternalStore(camera.subscribe, camera.snapshot);
  const video = useRef<HTMLVideoElement>(null);
  const shown = state === 'on' ? stream : undefined;

  useEffect(() => {
    if (video.current) video.current.srcObject = shown ?? null;
  }, [shown]);

  return (
    <div className={styles.frame}>
      {shown ? (
        <video ref={video} className={styles.video} autoPlay muted playsInline aria-hidden />
      ) : (
        <Text>{words.devices.camera.silent}</Text>
      )}
    </div>
  );
}
