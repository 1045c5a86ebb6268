import { Text } from '@fluentui/react-components';
import { Page } from '../ui/Page';
import { TextLink } from '../ui/TextLink';
import { words } from './words';

export function NotFound() {
  return (
    <Page title={words.notFoundTitle}>
      <Text>{words.notFound}</Text>
      <TextLink to="/">{words.home}</TextLink>
    </Page>
  );
}
