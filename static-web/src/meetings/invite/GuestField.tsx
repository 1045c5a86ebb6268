import { Field, Input, Textarea } from '@fluentui/react-components';
import { useQuery } from '@tanstack/react-query';
import { useId } from 'react';
import type { Meeting } from '../../api/types';
import { useApi } from '../../api/useApi';
import { words as formatWords } from '../../format/words';
import { words } from './words';

interface GuestFieldProps {
  readonly value: string;
  readonly error: string | undefined;
  readonly onChange: (value: string) => void;
}

const message = (error?: string) => (error ? { validationMessage: error } : {});

/** Addresses, as many as somebody likes to paste. */
export function AddressField({ value, error, onChange }: GuestFieldProps) {
  return (
    <Field label={words.emailField} hint={words.emailHint} required {...message(error)}>
      <Textarea
        value={value}
        resize="vertical"
        textarea={{ autoComplete: 'off', spellCheck: false, inputMode: 'email' }}
        onChange={(_event, data) => onChange(data.value)}
      />
    </Field>
  );
}

/** An organisation that this one has invited before, to whatever meeting, or any other by its id. */
export function OrganizationField(props: GuestFieldProps & { readonly meeting: Meeting }) {
  const { value, error, onChange, meeting } = props;
  const choices = useId();
  const api = useApi();
  // Proposals only: without them an id is typed.
  const { data: known = [] } = useQuery({
    queryKey: ['invited organisations'],
    queryFn: ({ signal }) => api.listInvitedOrganizations(meeting.id, signal),
  });
  return (
    <>
      <Field label={formatWords.organizationId} hint={words.organizationHint} required {...message(error)}>
        <Input
          value={value}
          autoComplete="off"
          input={{ list: choices }}
          onChange={(_event, data) => onChange(data.value)}
        />
      </Field>
      <datalist id={choices}>
        {known.map((id) => (
          <option key={id} value={id} />
        ))}
      </datalist>
    </>
  );
}
