import { createRoot } from 'react-dom/client';
import { SetupFault } from '../config/SetupFault';
import { Themed } from '../ui/Themed';
import { loadConfig } from '../config/config';
import { parseRoomRequest } from './request';
import { RoomApp } from './RoomApp';
import { RoomSession, type Join } from './session';
import { rememberInvitation } from './invitationMemory';
import { DevicePreview } from './DevicePreview';
import { isReopened, reopen } from './reopen';
import { joinZoom, loadZoom } from './zoom';

const root = createRoot(document.getElementById('page')!);
const request = parseRoomRequest(window.location.href);
const remembered = request && {
  ...rememberInvitation(request),
  ...(isReopened() ? { atOnce: true } : {}),
};
const devices = { camera: new DevicePreview('camera'), microphone: new DevicePreview('microphone') };

/** Zoom takes camera and microphone itself: nothing of ours may hold them then. */
const join: Join = (...args) => {
  devices.camera.turnOff();
  devices.microphone.turnOff();
  return joinZoom(...args);
};

try {
  const config = await loadConfig();
  const session = remembered && new RoomSession(remembered, { load: loadZoom, join }, reopen);
  root.render(
    <Themed>
      <RoomApp config={config} request={remembered} session={session} devices={devices} />
    </Themed>,
  );
} catch (error) {
  root.render(
    <Themed>
      <SetupFault error={error} />
    </Themed>,
  );
}
