import { Badge, makeStyles, Subtitle1, Text, tokens } from '@fluentui/react-components';
import { text } from '../text';
import { ErrorPanel } from '../ui/ErrorPanel';
import { Facts } from '../ui/Facts';
import { Page } from '../ui/Page';
import { PageSkeleton } from '../ui/PageSkeleton';
import { useMe } from './useMe';

const useStyles = makeStyles({
  section: { display: 'flex', flexDirection: 'column', gap: tokens.spacingVerticalM },
  list: {
    listStyleType: 'none',
    margin: 0,
    padding: 0,
    display: 'flex',
    flexDirection: 'column',
    gap: tokens.spacingVerticalM,
  },
  permission: { display: 'flex', flexDirection: 'column', gap: tokens.spacingVerticalXXS },
  quiet: { color: tokens.colorNeutralForeground3 },
  groups: {
    listStyleType: 'none',
    margin: 0,
    padding: 0,
    display: 'flex',
    flexWrap: 'wrap',
    gap: tokens.spacingHorizontalS,
  },
});

export default function MePage() {
  const styles = useStyles();
  const { data: me, error, refetch } = useMe();
  const known = text.me.permissions as Readonly<Record<string, string>>;

  return (
    <Page title={text.me.title} lead={text.me.lead}>
      {error && <ErrorPanel error={error} onRetry={() => void refetch()} />}
      {!me && !error && <PageSkeleton heading={false} />}
      {me && (
        <>
          <section className={styles.section}>
            <Subtitle1 as="h2">{text.me.whoTitle}</Subtitle1>
            <Facts
              facts={[
                [text.me.name, me.name ?? text.me.unknown],
                [
                  text.me.email,
                  me.email
                    ? `${me.email} (${me.emailVerified ? text.me.verified : text.me.unverified})`
                    : text.me.unknown,
                ],
                [
                  text.me.organization,
                  me.organization
                    ? me.organization.name
                      ? `${me.organization.name} (${me.organization.id})`
                      : me.organization.id
                    : text.me.noOrganization,
                ],
                [text.me.department, me.department ?? text.me.unknown],
                [text.me.subject, me.subject],
              ]}
            />
          </section>
          <section className={styles.section}>
            <Subtitle1 as="h2">{text.me.mayTitle}</Subtitle1>
            {me.permissions.length === 0 && <Text>{text.me.mayNothing}</Text>}
            <ul className={styles.list}>
              {me.permissions.map((permission) => (
                <li key={permission} className={styles.permission}>
                  <Text weight="semibold">{known[permission] ?? permission}</Text>
                  <Text size={200} className={styles.quiet}>
                    {`${permission} · ${text.me.givenBy(me.givenBy[permission] ?? [])}`}
                  </Text>
                </li>
              ))}
            </ul>
            {me.hostingNeedsMfa && <Text>{text.me.mayHostWithMfa}</Text>}
          </section>
          <section className={styles.section}>
            <Subtitle1 as="h2">{text.me.groupsTitle}</Subtitle1>
            {me.groups.length === 0 ? (
              <Text>{text.me.noGroups}</Text>
            ) : (
              <ul className={styles.groups}>
                {me.groups.map((group) => (
                  <li key={group}>
                    <Badge appearance="outline" size="large">
                      {group}
                    </Badge>
                  </li>
                ))}
              </ul>
            )}
            <Text className={styles.quiet}>{text.me.groupsWhy}</Text>
          </section>
        </>
      )}
    </Page>
  );
}
