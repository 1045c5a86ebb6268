import { Field } from '@fluentui/react-components';
import { DatePicker } from '@fluentui/react-datepicker-compat';
import { useMemo } from 'react';
import { firstDayOfWeek, formatDay, ownEnglish } from '../../format/time';
import { fault } from './FormFieldProps';
import { readDate } from './typed';
import { useFormStyles } from './useFormStyles';

/** A day as 2026-03-29, typed or chosen from a calendar; empty where none is. */
export function DateField(props: {
  readonly label: string;
  readonly value: string;
  readonly hint?: string | undefined;
  readonly error: string | undefined;
  readonly onChange: (date: string) => void;
}) {
  const styles = useFormStyles();
  const { label, value, hint, error, onChange } = props;
  // The picker takes another object for another day.
  const day = useMemo(() => (value ? toDay(value) : null), [value]);
  return (
    <Field label={label} required {...(hint ? { hint } : {})} {...fault(error)}>
      <DatePicker
        className={styles.input}
        input={{ className: styles.input }}
        allowTextInput
        showMonthPickerAsOverlay
        value={day}
        formatDate={tell}
        parseDateFromString={read}
        // eslint-disable-next-line @typescript-eslint/no-unsafe-enum-assignment -- the picker keeps its enumeration of the same numbers to itself
        firstDayOfWeek={firstDayOfWeek()}
        onSelectDate={(chosen) => onChange(chosen ? toIso(chosen) : '')}
      />
    </Field>
  );
}

/** The picker speaks of days by the browser's clock. */
function toDay(date: string): Date {
  return new Date(`${date}T12:00`);
}

function toIso(day: Date): string {
  const pad = (value: number) => String(value).padStart(2, '0');
  return `${day.getFullYear()}-${pad(day.getMonth() + 1)}-${pad(day.getDate())}`;
}

function tell(day?: Date): string {
  return day ? formatDay(day, undefined, undefined, true) : '';
}

function read(text: string): Date | null {
  const date = readDate(text, ownEnglish());
  return date ? toDay(date) : null;
}
