import { makeStyles, Text, tokens } from '@fluentui/react-components';
import { formatMoment, formatUtc, isTimeZone, ownTimeZone } from '../format/time';

const useStyles = makeStyles({
  moment: { display: 'flex', flexWrap: 'wrap', columnGap: tokens.spacingHorizontalS },
  utc: { color: tokens.colorNeutralForeground3 },
});

/** When it was by the reader's clock, or that of the view, and by UTC beside it. */
export function Moment(props: { readonly instant: string; readonly zone: string | undefined }) {
  const styles = useStyles();
  const { instant, zone } = props;
  return (
    <time className={styles.moment} dateTime={instant}>
      <Text size={200}>{formatMoment(instant, zone && isTimeZone(zone) ? zone : ownTimeZone)}</Text>
      {zone !== 'UTC' && (
        <Text size={200} className={styles.utc}>
          {formatUtc(instant)}
        </Text>
      )}
    </time>
  );
}
