import { Badge, makeStyles, Subtitle1, Text, tokens } from '@fluentui/react-components';
import { ErrorPanel } from '../identity/ErrorPanel';
import { Facts } from '../ui/Facts';
import { Page } from '../ui/Page';
import { PageSkeleton } from '../ui/PageSkeleton';
import { useListStyles } from '../ui/useListStyles';
import { useMe } from './useMe';
import { words } from './words';

const useStyles = makeStyles({
  section: { display: 'flex', flexDirection: 'column', gap: tokens.spacingVerticalM },
  permission: { display: 'flex', flexDirection: 'column', gap: tokens.spacingVerticalXXS },
  quiet: { color: tokens.colorNeutralForeground3 },
});

export default function MePage() {
  const styles = useStyles();
  const lists = useListStyles();
  const { data: me, error, refetch } = useMe();
  const known = words.permissions as Readonly<Record<string, string>>;

  return (
    <Page title={words.title} lead={words.lead}>
      {error && <ErrorPanel error={error} onRetry={() => void refetch()} />}
      {!me && !error && <PageSkeleton heading={false} />}
      {me && (
        <>
          <section className={styles.section}>
            <Subtitle1 as="h2">{words.whoTitle}</Subtitle1>
            <Facts
              facts={[
                [words.name, me.name ?? words.unknown],
                [
                  words.email,
                  me.email
                    ? `${me.email} (${me.emailVerified ? words.verified : words.unverified})`
                    : words.unknown,
                ],
                [
                  words.organization,
                  me.organization
                    ? me.organization.name
                      ? `${me.organization.name} (${me.organization.id})`
                      : me.organization.id
                    : words.noOrganization,
                ],
                [words.department, me.department ?? words.unknown],
                [words.subject, me.subject],
              ]}
            />
          </section>
          <section className={styles.section}>
            <Subtitle1 as="h2">{words.mayTitle}</Subtitle1>
            {me.permissions.length === 0 && <Text>{words.mayNothing}</Text>}
            <ul className={lists.parts}>
              {me.permissions.map((permission) => (
                <li key={permission} className={styles.permission}>
                  <Text weight="semibold">{known[permission] ?? permission}</Text>
                  <Text size={200} className={styles.quiet}>
                    {`${permission} · ${words.givenBy(me.givenBy[permission] ?? [])}`}
                  </Text>
                </li>
              ))}
            </ul>
            {me.hostingNeedsMfa && <Text>{words.mayHostWithMfa}</Text>}
          </section>
          <section className={styles.section}>
            <Subtitle1 as="h2">{words.groupsTitle}</Subtitle1>
            {me.groups.length === 0 ? (
              <Text>{words.noGroups}</Text>
            ) : (
              <ul className={lists.tags}>
                {me.groups.map((group) => (
                  <li key={group}>
                    <Badge appearance="outline" size="large">
                      {group}
                    </Badge>
                  </li>
                ))}
              </ul>
            )}
            <Text className={styles.quiet}>{words.groupsWhy}</Text>
          </section>
        </>
      )}
    </Page>
  );
}
