import type { ZoomMtg as ZoomMtgType } from '@zoom/meetingsdk';
import { AssetsError, ZoomError } from './outcome';
import { placeOf, type Place } from './place';
import { createWatchdog } from './watchdog';

/** What the SDK's join takes from us; the role is in the signature. */
export interface JoinArguments {
  readonly meetingNumber: string;
  readonly userName: string;
  readonly signature: string;
  readonly passWord: string;
  readonly customerKey: string;
  readonly zak?: string;
}

/** Longer than the SDK's own 30 seconds, which not every failure respects: some call nothing back at all. */
export const joinMilliseconds = 38_000;

/** Fetches three megabytes of style and the SDK's parts from this site. */
const initMilliseconds = 60_000;

/** Zoom draws over the whole document, so either its page or ours is shown. */
export function show(page: 'page' | 'zoom'): void {
  document.body.dataset['shown'] = page;
}

/** Whether Zoom's page waits for its reader: a device check, a passcode, a waiting room. */
function waitsForPerson(): boolean {
  const controls = document.querySelectorAll<HTMLElement>(
    'body > :not(#page) :is(button:enabled, input:enabled)',
  );
  return [...controls].some((control) => control.checkVisibility());
}

const load = () => import('@zoom/meetingsdk');
let loading: ReturnType<typeof load> | undefined;

/** Starts fetching the SDK, which is the longest part of joining. */
export function preloadZoom(): void {
  loading ??= load();
  // Whoever joins learns of a failure.
  loading.catch(() => undefined);
}

/**
 * Loads the client view, asks for what it needs once it is ready, and joins. Rejects with ZoomError, AssetsError or
 * WatchdogError, and with what `getArguments` rejects with. Once per document.
 */
export async function joinZoom(
  getArguments: () => Promise<JoinArguments>,
  leaveUrl: string,
  onStep: (step: 'joining' | 'talking' | Place) => void,
): Promise<void> {
  preloadZoom();
  show('page');
  let ZoomMtg: typeof ZoomMtgType;
  try {
    ({ ZoomMtg } = await (loading ?? load()));
    await createWatchdog(initMilliseconds).guarded(initialise(ZoomMtg, leaveUrl));
  } catch {
    throw new AssetsError();
  }

  const args = await getArguments();
  onStep('joining');
  show('zoom');
  const watchdog = createWatchdog(joinMilliseconds, waitsForPerson);
  ZoomMtg.inMeetingServiceListener('onPreviewPannel', watchdog.stop);
  ZoomMtg.inMeetingServiceListener('onUserIsInWaitingRoom', watchdog.stop);
  const follow = (event: Parameters<typeof placeOf>[0]) => {
    const place = placeOf(event);
    if (place) onStep(place);
  };
  ZoomMtg.inMeetingServiceListener('onMeetingStatus', follow);
  ZoomMtg.inMeetingServiceListener('onJoinSpeed', follow);
  try {
    await watchdog.guarded(
      new Promise<void>((resolve, reject) => {
        ZoomMtg.join({
          ...args,
          success: () => resolve(),
          error: (failure?: { errorCode?: number }) => reject(new ZoomError(failure?.errorCode ?? 0)),
        });
      }),
    );
    onStep('talking');
  } catch (error) {
    show('page');
    throw error;
  }
}

function initialise(ZoomMtg: typeof ZoomMtgType, leaveUrl: string): Promise<void> {
  ZoomMtg.setZoomJSLib(`${window.location.origin}/zoom/${ZOOM_SDK_VERSION}/lib`, '/av');
  ZoomMtg.preLoadWasm();
  ZoomMtg.prepareWebSDK();
  return new Promise((resolve, reject) => {
    ZoomMtg.init({
      leaveUrl,
      success: () => resolve(),
      error: () => reject(new AssetsError()),
    });
  });
}
