import { makeStyles, tokens } from '@fluentui/react-components';
import { useEffect, useRef } from 'react';

const useStyles = makeStyles({
  track: {
    height: '6px',
    borderRadius: tokens.borderRadiusCircular,
    backgroundColor: tokens.colorNeutralBackground6,
    overflow: 'hidden',
    forcedColorAdjust: 'none',
  },
  bar: {
    height: '100%',
    transformOrigin: 'left',
    transform: 'scaleX(0)',
    backgroundColor: tokens.colorBrandBackground,
  },
});

/** How loud a microphone is, for people who see; what it is for stands beside it as text. */
export function LevelBar({ stream }: { readonly stream: MediaStream }) {
  const styles = useStyles();
  const bar = useRef<HTMLDivElement>(null);

  useEffect(() => {
    const audio = new AudioContext();
    const analyser = audio.createAnalyser();
    audio.createMediaStreamSource(stream).connect(analyser);
    const samples = new Float32Array(analyser.fftSize);
    let frame = 0;
    const draw = () => {
      analyser.getFloatTimeDomainData(samples);
      const power = samples.reduce((sum, sample) => sum + sample * sample, 0) / samples.length;
      // Speech is far below full scale.
      const level = Math.min(1, Math.sqrt(power) * 6);
      if (bar.current) bar.current.style.transform = `scaleX(${level.toFixed(2)})`;
      frame = requestAnimationFrame(draw);
    };
    draw();
    return () => {
      cancelAnimationFrame(frame);
      void audio.close();
    };
  }, [stream]);

  return (
    <div className={styles.track} aria-hidden>
      <div ref={bar} className={styles.bar} />
    </div>
  );
}
