import { Button } from '@fluentui/react-components';
import { useState } from 'react';
import { OrganizationChoice } from '../me/OrganizationChoice';
import { may, mustChooseTrail } from '../me/permissions';
import { useMe } from '../me/useMe';
import { words } from './words';

/** For whoever may read every trail: another one than that which is shown, also where they have one of their own. */
export function TrailSwitch(props: {
  readonly organization: string | undefined;
  /** Of nothing it is their own. */
  readonly onChoose: (organization: string | undefined) => void;
}) {
  const { data: me } = useMe();
  const { organization, onChoose } = props;
  const [isOpen, setOpen] = useState(false);
  if (!me || !may(me, 'audit:read:any')) return null;
  const choose = (id: string | undefined) => {
    setOpen(false);
    onChoose(id);
  };
  return (
    <>
      <div>
        <Button size="small" aria-expanded={isOpen} onClick={() => setOpen(!isOpen)}>
          {words.otherTrail}
        </Button>
        {organization !== undefined && !mustChooseTrail(me) && (
          <Button size="small" appearance="transparent" onClick={() => choose(undefined)}>
            {words.ownTrail}
          </Button>
        )}
      </div>
      {isOpen && <OrganizationChoice onChoose={choose} />}
    </>
  );
}
