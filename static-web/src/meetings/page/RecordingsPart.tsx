import { Text } from '@fluentui/react-components';
import type { Recording } from '../../api/types';
import { useApi } from '../../api/useApi';
import { formatDateTime, formatDuration } from '../../format/time';
import { PastPart } from './PastPart';
import { tellKind, tellSize } from './recordings';
import { usePartStyles } from './usePartStyles';
import { words } from './words';

/** The recordings of every instance that Zoom keeps, the latest first. */
export function RecordingsPart({ id }: { readonly id: number }) {
  const styles = usePartStyles();
  const api = useApi();
  return (
    <PastPart
      id={id}
      name="recordings"
      texts={{
        title: words.recordings,
        why: words.recordingsWhy,
        show: words.showRecordings,
        none: words.noRecordings,
      }}
      read={(query, signal) => api.listRecordings(id, query, signal)}
      count={({ recordings }) => recordings.length}
    >
      {(pages) => (
        <ul className={styles.rows}>
          {pages
            .flatMap(({ recordings }) => recordings)
            .map((recording, place) => (
              <li key={recording.id ?? place} className={styles.row}>
                <span className={styles.what}>
                  <Text>{tellKind(recording)}</Text>
                  <Text size={200} className={styles.quiet}>
                    {tellTimes(recording)}
                  </Text>
                </span>
                {recording.file_size !== undefined && (
                  <Text size={200} className={styles.quiet}>
                    {tellSize(recording.file_size)}
                  </Text>
                )}
              </li>
            ))}
        </ul>
      )}
    </PastPart>
  );
}

function tellTimes({ recording_start: start, recording_end: end }: Recording): string {
  if (!start) return '';
  const minutes = end && Math.ceil((Date.parse(end) - Date.parse(start)) / 60_000);
  return [formatDateTime(start), minutes && formatDuration(minutes)].filter(Boolean).join(' · ');
}
