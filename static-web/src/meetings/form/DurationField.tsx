import { Combobox, Field, Option } from '@fluentui/react-components';
import { useState } from 'react';
import { formatDuration } from '../../format/time';
import { fault } from './FormFieldProps';
import { readDuration } from './typed';
import { useFormStyles } from './useFormStyles';
import { words } from './words';

const proposed: readonly number[] = [15, 30, 45, 60, 90, 120, 180, 240, 480];

/** Any number of minutes, typed as people write it, or chosen; undefined for what is none. */
export function DurationField(props: {
  readonly value: number | undefined;
  readonly error: string | undefined;
  readonly onChange: (minutes: number | undefined) => void;
}) {
  const styles = useFormStyles();
  const { value, error, onChange } = props;
  const [text, setText] = useState(value === undefined ? '' : formatDuration(value));
  return (
    <Field label={words.duration} required {...fault(error)}>
      <Combobox
        className={styles.input}
        input={{ className: styles.input }}
        freeform
        value={text}
        selectedOptions={value === undefined ? [] : [String(value)]}
        onChange={({ target }) => {
          setText(target.value);
          onChange(readDuration(target.value));
        }}
        onOptionSelect={(_event, { optionValue }) => {
          // Typing reports a selection of nothing.
          if (optionValue === undefined) return;
          setText(formatDuration(Number(optionValue)));
          onChange(Number(optionValue));
        }}
        onBlur={() => value !== undefined && setText(formatDuration(value))}
      >
        {proposed.map((minutes) => (
          <Option key={minutes} value={String(minutes)}>
            {formatDuration(minutes)}
          </Option>
        ))}
      </Combobox>
    </Field>
  );
}
