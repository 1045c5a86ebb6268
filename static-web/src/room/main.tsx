import { createRoot } from 'react-dom/client';
import { SetupFault } from '../config/SetupFault';
import { Themed } from '../ui/Themed';
import { loadConfig } from '../config/config';
import { parseRoomRequest } from './request';
import { RoomApp } from './RoomApp';
import { RoomSession } from './session';
import { rememberInvitation } from './invitationMemory';
import { reopen } from './reopen';
import { joinZoom, preloadZoom } from './zoom';

const root = createRoot(document.getElementById('page')!);
const request = parseRoomRequest(window.location.href);
const remembered = request && rememberInvitation(request);
if (remembered && !remembered.left) preloadZoom();

try {
  const config = await loadConfig();
  const session = remembered && new RoomSession(remembered, joinZoom, reopen);
  root.render(
    <Themed>
      <RoomApp config={config} request={remembered} session={session} />
    </Themed>,
  );
} catch (error) {
  root.render(
    <Themed>
      <SetupFault error={error} />
    </Themed>,
  );
}
