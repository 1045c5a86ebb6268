import { Button, makeStyles, Spinner, Text, tokens } from '@fluentui/react-components';
import { DataBarVerticalRegular } from '@fluentui/react-icons';
import { useQuery } from '@tanstack/react-query';
import { lazy, Suspense, useState } from 'react';
import { useApi } from '../api/useApi';
import { ErrorPanel } from '../identity/ErrorPanel';
import { readDays } from './readDays';
import { words } from './words';

// The chart library comes with the first chart.
const DayCharts = lazy(() => import('./DayCharts'));

const useStyles = makeStyles({
  offer: { display: 'flex', flexWrap: 'wrap', alignItems: 'center', gap: tokens.spacingHorizontalM },
  why: { color: tokens.colorNeutralForeground3, flex: '1 1 16rem' },
});

/** Charts of the filtered range, on demand: it is all read for them. */
export function Activity({ query }: { readonly query: Readonly<Record<string, string | undefined>> }) {
  const styles = useStyles();
  const api = useApi();
  const [isRequested, setRequested] = useState(false);
  const [records, setRecords] = useState(0);
  const days = useQuery({
    queryKey: ['days', query],
    queryFn: ({ signal }) => readDays(api, query, setRecords, signal),
    enabled: isRequested,
    staleTime: Infinity,
  });

  if (!isRequested)
    return (
      <div className={styles.offer}>
        <Button icon={<DataBarVerticalRegular />} onClick={() => setRequested(true)}>
          {words.charts}
        </Button>
        <Text size={200} className={styles.why}>
          {words.chartsWhat}
        </Text>
      </div>
    );
  if (days.error) return <ErrorPanel error={days.error} onRetry={() => void days.refetch()} />;
  const waiting = <Spinner size="small" label={words.chartsCounting(records)} />;
  return days.data ? (
    <Suspense fallback={waiting}>
      <DayCharts days={days.data} />
    </Suspense>
  ) : (
    waiting
  );
}
