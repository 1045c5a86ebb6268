import { Field } from '@fluentui/react-components';
import { TimePicker } from '@fluentui/react-timepicker-compat';
import { useState } from 'react';
import { formatTime } from '../../format/time';
import { fault } from './FormFieldProps';
import { readTime } from './typed';
import { useFormStyles } from './useFormStyles';
import { words } from './words';

/** A time of day as 14:30, typed or chosen by the reader's clock of 12 or 24 hours; undefined for what is none. */
export function TimeOfDayField(props: {
  readonly value: string | undefined;
  readonly error: string | undefined;
  readonly onChange: (time: string | undefined) => void;
}) {
  const styles = useFormStyles();
  const { value, error, onChange } = props;
  const [text, setText] = useState(value === undefined ? '' : tell(value));
  return (
    <Field label={words.time} required {...fault(error)}>
      <TimePicker
        className={styles.input}
        input={{ className: styles.input }}
        freeform
        dateAnchor={anchor}
        formatDateToTimeString={formatTimeOfDay}
        selectedTime={value === undefined ? null : toTime(value)}
        value={text}
        onTimeChange={(_event, { selectedTime, selectedTimeText }) => {
          const time = selectedTime ? ofTime(selectedTime) : readTime(selectedTimeText ?? '');
          setText(time === undefined ? (selectedTimeText ?? '') : tell(time));
          onChange(time);
        }}
        parseTimeStringToDate={(typed) => {
          const time = readTime(typed ?? '');
          return time === undefined ? { date: null, errorType: 'invalid-input' } : { date: toTime(time) };
        }}
        onInput={({ currentTarget }) => {
          const typed = currentTarget.value;
          setText(typed);
          onChange(readTime(typed));
        }}
      />
    </Field>
  );
}

/** A day on which no clock is changed. */
const anchor = new Date(2026, 0, 1);

function toTime(time: string): Date {
  return new Date(`2026-01-01T${time}`);
}

function ofTime(time: Date): string {
  return time.toTimeString().slice(0, 5);
}

function formatTimeOfDay(time: Date): string {
  return formatTime(time);
}

function tell(time: string): string {
  return formatTimeOfDay(toTime(time));
}
