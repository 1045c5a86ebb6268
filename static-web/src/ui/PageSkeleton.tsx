import { makeStyles, Skeleton, SkeletonItem, tokens } from '@fluentui/react-components';
import { words } from './words';

const useStyles = makeStyles({
  page: { display: 'flex', flexDirection: 'column', gap: tokens.spacingVerticalL },
  title: { width: '14rem' },
  line: { width: '22rem', maxWidth: '100%' },
});

/** Takes the place of a page, or of its rows, while they are on their way. */
export function PageSkeleton({
  heading = true,
  rows = 3,
}: {
  readonly heading?: boolean;
  readonly rows?: number;
}) {
  const styles = useStyles();
  return (
    <Skeleton className={styles.page} aria-label={words.loading}>
      {heading && (
        <>
          <SkeletonItem size={32} className={styles.title} />
          <SkeletonItem size={16} className={styles.line} />
        </>
      )}
      {Array.from({ length: rows }, (_, row) => (
        <SkeletonItem key={row} size={72} />
      ))}
    </Skeleton>
  );
}
