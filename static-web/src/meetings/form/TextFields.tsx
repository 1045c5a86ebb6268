import { Field, Input, Textarea } from '@fluentui/react-components';
import { fault, type FormFieldProps } from './FormFieldProps';
import { words } from './words';

export function TopicField({ form, errors, onChange }: FormFieldProps) {
  return (
    <Field label={words.topic} required {...fault(errors.topic)}>
      <Input
        value={form.topic}
        maxLength={200}
        dir="auto"
        onChange={(_event, { value }) => onChange({ topic: value })}
      />
    </Field>
  );
}

export function AgendaField({ form, errors, onChange }: FormFieldProps) {
  return (
    <Field label={words.agenda} hint={words.optional} {...fault(errors.agenda)}>
      <Textarea
        value={form.agenda}
        textarea={{ dir: 'auto' }}
        resize="vertical"
        onChange={(_event, { value }) => onChange({ agenda: value })}
      />
    </Field>
  );
}
