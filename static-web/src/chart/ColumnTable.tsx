import {
  Accordion,
  AccordionHeader,
  AccordionItem,
  AccordionPanel,
  makeStyles,
  Table,
  TableBody,
  TableCell,
  TableHeader,
  TableHeaderCell,
  TableRow,
} from '@fluentui/react-components';
import { formatCount } from '../format/count';
import { words } from './words';

const useStyles = makeStyles({ table: { overflowX: 'auto' } });

/** What a chart shows, as a table that opens. */
export function ColumnTable(props: {
  readonly label: string;
  /** The first names the columns of the chart. */
  readonly heads: readonly string[];
  readonly rows: readonly { readonly label: string; readonly values: readonly number[] }[];
}) {
  const styles = useStyles();
  return (
    <Accordion collapsible>
      <AccordionItem value="table">
        <AccordionHeader as="h3" size="small">
          {words.table}
        </AccordionHeader>
        <AccordionPanel className={styles.table}>
          <Table size="small" aria-label={props.label}>
            <TableHeader>
              <TableRow>
                {props.heads.map((head) => (
                  <TableHeaderCell key={head}>{head}</TableHeaderCell>
                ))}
              </TableRow>
            </TableHeader>
            <TableBody>
              {props.rows.map(({ label, values }) => (
                <TableRow key={label}>
                  <TableHeaderCell scope="row">{label}</TableHeaderCell>
                  {values.map((value, index) => (
                    <TableCell key={props.heads[index + 1]}>{formatCount(value)}</TableCell>
                  ))}
                </TableRow>
              ))}
            </TableBody>
          </Table>
        </AccordionPanel>
      </AccordionItem>
    </Accordion>
  );
}
