import { Text } from '@fluentui/react-components';
import { Shield } from '../ui/Shield';
import { standingOf } from './standing';
import { useCovered } from './useCovered';
import { words } from './words';

/** Whether one record was signed, as the server says, and what proves it. */
export function RecordShield(props: {
  readonly sequence: number;
  readonly organization: string | undefined;
}) {
  const { data: verdict, isPending } = useCovered(props.organization);
  if (!verdict) return <Text size={200}>{isPending ? words.asking : words.signedUnknown}</Text>;
  return (
    <div>
      <Shield {...standingOf(props.sequence, verdict)} />
      <Text size={200}>{words.provesIt}</Text>
    </div>
  );
}
