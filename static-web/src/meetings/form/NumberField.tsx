import { Field, Input } from '@fluentui/react-components';
import { fault } from './FormFieldProps';

/** A number from 1 on; undefined while there is none. */
export function NumberField(props: {
  readonly label: string;
  readonly value: number | undefined;
  readonly most: number;
  readonly after?: string;
  readonly hint?: string | undefined;
  readonly error?: string | undefined;
  readonly onChange: (value: number | undefined) => void;
}) {
  const { label, value, most, after, hint, error, onChange } = props;
  return (
    <Field label={label} {...(hint ? { hint } : {})} {...fault(error)}>
      <Input
        type="number"
        min={1}
        max={most}
        value={value === undefined ? '' : String(value)}
        {...(after ? { contentAfter: after } : {})}
        onChange={(_event, data) => onChange(data.value === '' ? undefined : Number(data.value))}
      />
    </Field>
  );
}
