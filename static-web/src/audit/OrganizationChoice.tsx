import { Button, Field, Input, makeStyles, Text, tokens } from '@fluentui/react-components';
import { useState, type FormEvent } from 'react';
import { text } from '../text';
import { Panel } from '../ui/Panel';

const useStyles = makeStyles({
  form: { display: 'flex', flexDirection: 'column', gap: tokens.spacingVerticalL },
  actions: { display: 'flex', flexWrap: 'wrap', gap: tokens.spacingHorizontalM },
});

/** The trail of what belongs to no organisation. */
const unassigned = 'unassigned';

const words = text.audit;

/** For those who may read every trail and have none of their own. */
export function OrganizationChoice({ onChoose }: { readonly onChoose: (organization: string) => void }) {
  const styles = useStyles();
  const [organization, setOrganization] = useState('');
  const [isRefused, setRefused] = useState(false);

  const submit = (event: FormEvent) => {
    event.preventDefault();
    const isId = /^[\w-]{1,64}$/.test(organization.trim());
    setRefused(!isId);
    if (isId) onChoose(organization.trim());
  };

  return (
    <Panel title={words.organizationTitle}>
      <form className={styles.form} onSubmit={submit} noValidate>
        <Text>{words.organizationLead}</Text>
        <Field
          label={words.organizationField}
          {...(isRefused ? { validationMessage: words.organizationInvalid } : {})}
        >
          <Input value={organization} onChange={(_event, { value }) => setOrganization(value)} />
        </Field>
        <div className={styles.actions}>
          <Button type="submit" appearance="primary">
            {words.organizationOpen}
          </Button>
          <Button onClick={() => onChoose(unassigned)}>{words.unassigned}</Button>
        </div>
      </form>
    </Panel>
  );
}
