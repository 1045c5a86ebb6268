import { useAuth0 } from '@auth0/auth0-react';
import { Button, makeStyles, Spinner, Text, tokens } from '@fluentui/react-components';
import { useEffect, useSyncExternalStore } from 'react';
import { useApi } from '../api/useApi';
import { useSignIn } from '../identity/useSignIn';
import { formatMeetingNumber, roomAddress } from '../format/meetingNumber';
import { words as formatWords } from '../format/words';
import { ErrorPanel } from '../identity/ErrorPanel';
import { words as identityWords } from '../identity/words';
import { LinkButton } from '../ui/LinkButton';
import { Panel } from '../ui/Panel';
import { FailedPanel } from './FailedPanel';
import type { RoomRequest } from './request';
import type { RoomSession } from './session';
import { words } from './words';

const useStyles = makeStyles({
  quiet: { color: tokens.colorNeutralForeground3 },
  spinner: { justifyContent: 'flex-start' },
});

/** Goes through a session's phases; each says what happens and what to do next. */
export function Room({ request, session }: { readonly request: RoomRequest; readonly session: RoomSession }) {
  const styles = useStyles();
  const api = useApi();
  const { isLoading, isAuthenticated, user, getIdTokenClaims } = useAuth0();
  const { signIn } = useSignIn();
  const state = useSyncExternalStore(session.subscribe, session.snapshot);

  useEffect(() => {
    if (!isAuthenticated) return;
    void getIdTokenClaims().then((claims) => {
      if (claims?.iss && user?.sub)
        session.start(api, {
          issuer: claims.iss,
          subject: user.sub,
          name: claims.name ?? claims.email ?? words.roles[0],
        });
    });
  }, [api, getIdTokenClaims, isAuthenticated, session, user?.sub]);

  const retry = () => session.retry();
  const back = <LinkButton href="/meetings">{words.back}</LinkButton>;

  if (state.phase === 'left')
    return (
      <Panel
        title={words.leftTitle}
        level={1}
        actions={
          <>
            <Button appearance="primary" onClick={retry}>
              {words.rejoin}
            </Button>
            {back}
          </>
        }
      >
        {words.left}
      </Panel>
    );

  if (!isLoading && !isAuthenticated)
    return (
      <Panel
        title={words.signedOutTitle}
        level={1}
        actions={
          <Button
            appearance="primary"
            onClick={() => signIn(roomAddress(request.meeting, request.role, request.invitation))}
          >
            {identityWords.signIn}
          </Button>
        }
      >
        {words.signedOut}
      </Panel>
    );

  switch (state.phase) {
    case 'working':
      return (
        <Panel title={state.topic ?? formatWords.meeting(formatMeetingNumber(request.meeting))} level={1}>
          <div role="status">
            <Spinner className={styles.spinner} size="small" label={`${words.steps[state.step]} …`} />
          </div>
        </Panel>
      );
    case 'lowered':
      return (
        <Panel
          title={words.loweredTitle}
          role="status"
          level={1}
          actions={
            <>
              <Button appearance="primary" onClick={() => session.joinAsParticipant()}>
                {words.loweredJoin}
              </Button>
              {back}
            </>
          }
        >
          <Text>{state.why}</Text>
          <Text className={styles.quiet}>{words.loweredWhat}</Text>
        </Panel>
      );
    case 'talking':
      return null;
    case 'refused':
      return <ErrorPanel error={state.error} onRetry={retry} exit={back} level={1} />;
    case 'failed':
      return <FailedPanel failure={state} onRetry={retry} />;
  }
}
