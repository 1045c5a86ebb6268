import { useAuth0 } from '@auth0/auth0-react';
import { Button, Text, makeStyles, tokens } from '@fluentui/react-components';
import { useEffect, useSyncExternalStore } from 'react';
import { ApiError } from '../api/ApiError';
import { useApi } from '../api/useApi';
import { formatMeetingNumber, roomAddress } from '../format/meetingNumber';
import { words as formatWords } from '../format/words';
import { useSignIn } from '../identity/useSignIn';
import { words as identityWords } from '../identity/words';
import { LinkButton } from '../ui/LinkButton';
import { Panel } from '../ui/Panel';
import { FailedPanel } from './FailedPanel';
import { LobbyPanel, type Devices } from './LobbyPanel';
import { ProgressPanel } from './ProgressPanel';
import { RefusedPanel } from './RefusedPanel';
import type { RoomSession } from './session';
import { words } from './words';

const useStyles = makeStyles({
  quiet: { color: tokens.colorNeutralForeground3 },
});

/** Goes through a session's phases; each says what happens and what to do next. */
export function Room({ session, devices }: { readonly session: RoomSession; readonly devices: Devices }) {
  const styles = useStyles();
  const api = useApi();
  const { isLoading, isAuthenticated, user, getIdTokenClaims } = useAuth0();
  const { signIn } = useSignIn();
  const state = useSyncExternalStore(session.subscribe, session.snapshot);
  const { request } = session;
  const address = roomAddress(request.meeting, request.role, request.invitation);
  const name = user?.name ?? user?.email ?? words.roles[0];

  useEffect(() => {
    if (!isAuthenticated) return;
    void getIdTokenClaims().then((claims) => {
      if (claims?.iss && user?.sub) session.start(api, { issuer: claims.iss, subject: user.sub, name });
    });
  }, [api, getIdTokenClaims, isAuthenticated, name, session, user?.sub]);

  const retry = () => session.retry();
  const isForeign =
    request.invitation !== undefined ||
    (state.phase === 'refused' && state.error instanceof ApiError && state.error.status === 403);
  // Guests may see no list of meetings.
  const exit = isForeign ? (
    <LinkButton href="/join">{words.joinOther}</LinkButton>
  ) : (
    <LinkButton href="/meetings">{words.back}</LinkButton>
  );
  const cancel = (
    <LinkButton href={isForeign ? '/join' : '/meetings'} size="large">
      {words.cancel}
    </LinkButton>
  );

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
            {exit}
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
          <Button appearance="primary" onClick={() => signIn(address)}>
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
        <ProgressPanel
          title={state.topic ?? formatWords.meeting(formatMeetingNumber(request.meeting))}
          step={state.step}
          exit={cancel}
        />
      );
    case 'lobby':
      return (
        <LobbyPanel
          view={state.view}
          name={name}
          devices={devices}
          exit={cancel}
          onJoin={(role) => session.join(role)}
          onJoinByItself={(wished) => session.joinByItself(wished)}
        />
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
              {exit}
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
      return <RefusedPanel error={state.error} address={address} onRetry={retry} exit={exit} />;
    case 'failed':
      return <FailedPanel failure={state} onRetry={retry} exit={exit} />;
  }
}
