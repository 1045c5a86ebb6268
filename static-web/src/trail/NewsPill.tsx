import { Button, makeStyles, tokens } from '@fluentui/react-components';
import { ArrowUpRegular } from '@fluentui/react-icons';
import type { News } from './useNews';
import { newsWords } from './words';

const useStyles = makeStyles({
  place: {
    position: 'fixed',
    bottom: tokens.spacingVerticalXXL,
    left: 0,
    right: 0,
    display: 'flex',
    justifyContent: 'center',
    zIndex: 2,
    pointerEvents: 'none',
  },
  pill: { boxShadow: tokens.shadow16, pointerEvents: 'auto' },
});

/** Says that there is something new, and shows it when asked to: nothing moves under the reader's eyes. */
export function NewsPill({ news, onShow }: { readonly news: News; readonly onShow: () => void }) {
  const styles = useStyles();
  return (
    <div className={styles.place} role="status">
      {news.count > 0 && (
        <Button
          className={styles.pill}
          appearance="primary"
          shape="circular"
          icon={<ArrowUpRegular />}
          onClick={onShow}
        >
          {newsWords.news(news.count, news.more)}
        </Button>
      )}
    </div>
  );
}
