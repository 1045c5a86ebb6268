import { Button, Field, Input, makeStyles, Text, tokens } from '@fluentui/react-components';
import { useState, type FormEvent } from 'react';
import { isOrganizationId } from '../format/organizationId';
import { words as formatWords } from '../format/words';
import { Panel } from '../ui/Panel';
import { unassigned } from './trail';
import { trailWords } from './words';

const useStyles = makeStyles({
  form: { display: 'flex', flexDirection: 'column', gap: tokens.spacingVerticalL },
  actions: { display: 'flex', flexWrap: 'wrap', gap: tokens.spacingHorizontalM },
});

/** For those who may read every trail and have none of their own. */
export function OrganizationChoice({ onChoose }: { readonly onChoose: (organization: string) => void }) {
  const styles = useStyles();
  const [organization, setOrganization] = useState('');
  const [isRefused, setRefused] = useState(false);

  const submit = (event: FormEvent) => {
    event.preventDefault();
    const isId = isOrganizationId(organization.trim());
    setRefused(!isId);
    if (isId) onChoose(organization.trim());
  };

  return (
    <Panel title={trailWords.title}>
      <form className={styles.form} onSubmit={submit} noValidate>
        <Text>{trailWords.lead}</Text>
        <Field
          label={formatWords.organizationId}
          {...(isRefused ? { validationMessage: formatWords.organizationIdInvalid } : {})}
        >
          <Input value={organization} onChange={(_event, { value }) => setOrganization(value)} />
        </Field>
        <div className={styles.actions}>
          <Button type="submit" appearance="primary">
            {trailWords.open}
          </Button>
          <Button onClick={() => onChoose(unassigned)}>{trailWords.unassigned}</Button>
        </div>
      </form>
    </Panel>
  );
}
