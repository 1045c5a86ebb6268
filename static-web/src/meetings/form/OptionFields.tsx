import { Field, Select, Switch } from '@fluentui/react-components';
import type { FormFieldProps } from './FormFieldProps';
import type { Recording } from './meetingForm';
import { useFormStyles } from './useFormStyles';
import { words } from './words';

/** How a meeting is held. */
export function OptionFields({ form, onChange }: Pick<FormFieldProps, 'form' | 'onChange'>) {
  const styles = useFormStyles();
  return (
    <div className={styles.pair}>
      <Field label={words.recording}>
        <Select
          value={form.recording}
          onChange={(_event, { value }) => onChange({ recording: value as Recording })}
        >
          {Object.entries(words.recordings).map(([value, label]) => (
            <option key={value} value={value}>
              {label}
            </option>
          ))}
        </Select>
      </Field>
      <Field hint={form.waitingRoom ? words.waitingRoomHint : words.waitingRoomOff}>
        <Switch
          label={words.waitingRoom}
          checked={form.waitingRoom}
          onChange={(_event, { checked }) => onChange({ waitingRoom: checked })}
        />
      </Field>
    </div>
  );
}
