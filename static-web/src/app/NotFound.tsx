import { Text } from '@fluentui/react-components';
import { text } from '../text';
import { Page } from '../ui/Page';
import { TextLink } from '../ui/TextLink';

export function NotFound() {
  return (
    <Page title={text.errors.notFoundTitle}>
      <Text>{text.errors.notFound}</Text>
      <TextLink to="/">{text.errors.home}</TextLink>
    </Page>
  );
}
