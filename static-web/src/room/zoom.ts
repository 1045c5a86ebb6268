import type { ZoomMtg as ZoomMtgType } from '@zoom/meetingsdk';
import { AssetsError, ZoomError } from './outcome';
import { placeOf, type Place } from './place';
import { createWatchdog } from './watchdog';
import { prefetchZoom, zoomAddress } from './zoomFiles';

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

/** Safari does not tell when it has nothing else to do. */
const idleMilliseconds = 1_000;

/** How often we look whether Zoom's page waits for its reader. */
const lookMilliseconds = 250;

/** Zoom draws over the whole document: its page is shown, or ours, or ours before it while it connects. */
function show(page: 'page' | 'connecting' | 'zoom'): void {
  document.body.dataset['shown'] = page;
}

/** Zoom's page is dark while it connects: ours stays before it until there is something to see, or to do. */
function showOnceReady(): { readonly now: () => void; readonly stop: () => void } {
  show('connecting');
  const stop = () => clearInterval(timer);
  const now = () => {
    stop();
    show('zoom');
  };
  const timer = setInterval(() => {
    if (waitsForPerson()) now();
  }, lookMilliseconds);
  return { now, stop };
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

/** Reads the SDK's scripts, which keeps the browser busy for a second; starts nothing of it. */
export function loadZoom(): void {
  loading ??= load();
  // Whoever joins learns of a failure.
  loading.catch(() => undefined);
}

/** Whoever joins from the lobby shall not wait: fetches what the SDK needs, and reads its scripts when the browser has nothing else to do. */
export async function prepareZoom(): Promise<void> {
  await prefetchZoom();
  if ('requestIdleCallback' in window) requestIdleCallback(loadZoom);
  else setTimeout(loadZoom, idleMilliseconds);
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
  loadZoom();
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
  const zoomsPage = showOnceReady();
  const watchdog = createWatchdog(joinMilliseconds, waitsForPerson);
  const isThere = () => {
    watchdog.stop();
    zoomsPage.now();
  };
  ZoomMtg.inMeetingServiceListener('onPreviewPannel', isThere);
  ZoomMtg.inMeetingServiceListener('onUserIsInWaitingRoom', isThere);
  const follow = (event: Parameters<typeof placeOf>[0]) => {
    const place = placeOf(event);
    if (!place) return;
    zoomsPage.now();
    onStep(place);
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
    zoomsPage.now();
    onStep('talking');
  } catch (error) {
    zoomsPage.stop();
    show('page');
    throw error;
  }
}

function initialise(ZoomMtg: typeof ZoomMtgType, leaveUrl: string): Promise<void> {
  ZoomMtg.setZoomJSLib(zoomAddress('lib'), '/av');
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
