import { Field, Radio, RadioGroup } from '@fluentui/react-components';
import type { FormFieldProps } from './FormFieldProps';
import type { Kind } from './meetingForm';
import { useFormStyles } from './useFormStyles';
import { words } from './words';

/** Once, at once, or again and again: given once, when a meeting is made. */
export function KindField({ form, onChange }: Pick<FormFieldProps, 'form' | 'onChange'>) {
  const styles = useFormStyles();
  return (
    <Field label={words.kind}>
      <RadioGroup
        layout="horizontal"
        className={styles.choices}
        value={form.kind === 'anytime' ? 'series' : form.kind}
        onChange={(_event, { value }) => onChange({ kind: value as Kind })}
      >
        {Object.entries(words.kinds).map(([value, label]) => (
          <Radio key={value} value={value} label={label} />
        ))}
      </RadioGroup>
    </Field>
  );
}
