import {
  Button,
  makeStyles,
  Menu,
  MenuItem,
  MenuList,
  MenuPopover,
  MenuTrigger,
  tokens,
} from '@fluentui/react-components';
import { MoreHorizontalRegular } from '@fluentui/react-icons';
import type { Condition } from './conditions';
import type { Field } from './fields';
import type { FilterName } from './filters';
import { words } from './words';

const useStyles = makeStyles({
  value: { display: 'flex', alignItems: 'flex-start', gap: tokens.spacingHorizontalXS },
  text: { flexGrow: 1, overflowWrap: 'anywhere', minWidth: 0 },
  more: { minWidth: '1.5rem', height: '1.5rem', padding: 0, flexShrink: 0 },
});

/** What to look for next: by the API's own filter, or among what the browser has. */
export type Narrowing = { readonly filter: FilterName; readonly value: string } | Condition;

/** A value, which can be looked for, left out and copied. */
export function ValueMenu(props: {
  readonly field: Field;
  readonly onNarrow: (narrowing: Narrowing) => void;
  readonly onCopy: (text: string) => void;
}) {
  const styles = useStyles();
  const { field, onNarrow } = props;
  const { key, name, value, shown, filter } = field;
  return (
    <span className={styles.value}>
      <span className={styles.text}>{shown}</span>
      <Menu>
        <MenuTrigger disableButtonEnhancement>
          <Button
            className={styles.more}
            size="small"
            appearance="transparent"
            icon={<MoreHorizontalRegular />}
            aria-label={words.valueActions(name, shown)}
          />
        </MenuTrigger>
        <MenuPopover>
          <MenuList>
            <MenuItem onClick={() => onNarrow(filter ? { filter, value } : { kind: 'only', key, value })}>
              {filter ? words.onlyThis : words.onlyThisHere}
            </MenuItem>
            <MenuItem onClick={() => onNarrow({ kind: 'not', key, value })}>{words.notThis}</MenuItem>
            <MenuItem onClick={() => props.onCopy(value)}>{words.copy}</MenuItem>
          </MenuList>
        </MenuPopover>
      </Menu>
    </span>
  );
}
