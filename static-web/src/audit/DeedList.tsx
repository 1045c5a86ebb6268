import { makeStyles, mergeClasses } from '@fluentui/react-components';
import { defaultRangeExtractor, useWindowVirtualizer } from '@tanstack/react-virtual';
import { useEffect, useState } from 'react';
import type { AuditRecord } from '../api/types';
import { useListStyles } from '../ui/useListStyles';
import { DeedRow } from './DeedRow';
import type { Deed } from './fold';
import { words } from './words';

/** Of a line, before it is measured. */
const usualHeight = 72;
/** So close to the end the next page is asked for. */
const closeToEnd = 20;

const useStyles = makeStyles({
  list: { position: 'relative' },
  row: { position: 'absolute', top: 0, left: 0, width: '100%' },
});

const keyOf = ({ record }: Deed) => record.operation ?? record.sequence;

/** Of however many deeds only those that can be seen are drawn, and the one that has the focus. */
export function DeedList(props: {
  readonly deeds: readonly Deed[];
  readonly zone: string | undefined;
  readonly isBusy: boolean;
  readonly onShow: (deed: Deed, record: AuditRecord) => void;
  readonly onNearEnd: () => void;
}) {
  const styles = useStyles();
  const lists = useListStyles();
  const { deeds, zone, isBusy, onShow, onNearEnd } = props;
  const [list, setList] = useState<HTMLOListElement | null>(null);
  const [open, setOpen] = useState<ReadonlySet<string | number>>(new Set());
  const virtual = useWindowVirtualizer({
    count: deeds.length,
    estimateSize: () => usualHeight,
    getItemKey: (index) => keyOf(deeds[index]!),
    overscan: 10,
    scrollMargin: list?.offsetTop ?? 0,
    rangeExtractor: (range) => {
      const seen = defaultRangeExtractor(range);
      const focused = focusedIndex(list);
      if (focused === undefined || focused >= range.count || seen.includes(focused)) return seen;
      return [...seen, focused].sort((one, other) => one - other);
    },
  });
  const rows = virtual.getVirtualItems();
  const last = rows.at(-1)?.index ?? 0;

  useEffect(() => {
    if (last >= deeds.length - closeToEnd) onNearEnd();
  }, [deeds.length, last, onNearEnd]);

  const toggle = (key: string | number) =>
    setOpen((before) => {
      const after = new Set(before);
      if (!after.delete(key)) after.add(key);
      return after;
    });

  return (
    <ol
      ref={setList}
      className={mergeClasses(lists.rows, styles.list)}
      style={{ height: virtual.getTotalSize() }}
      aria-label={words.list}
      aria-busy={isBusy}
    >
      {rows.map(({ index, start, key }) => {
        const deed = deeds[index]!;
        return (
          <li
            key={key}
            ref={virtual.measureElement}
            data-index={index}
            className={styles.row}
            style={{ transform: `translateY(${start - virtual.options.scrollMargin}px)` }}
            aria-setsize={deeds.length}
            aria-posinset={index + 1}
          >
            <DeedRow
              deed={deed}
              zone={zone}
              isOpen={open.has(keyOf(deed))}
              onToggle={() => toggle(keyOf(deed))}
              onShow={(record) => onShow(deed, record)}
            />
          </li>
        );
      })}
    </ol>
  );
}

/** Of the line in which the focus is. */
function focusedIndex(list: HTMLElement | null): number | undefined {
  const focused = document.activeElement;
  const row = list?.contains(focused) ? focused?.closest<HTMLElement>('li[data-index]') : undefined;
  return row ? Number(row.dataset['index']) : undefined;
}
