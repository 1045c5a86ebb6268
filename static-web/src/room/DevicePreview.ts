export type DeviceKind = 'camera' | 'microphone';

/** `denied`: the browser or its user does not allow it; `missing`: there is none; `busy`: another program has it. */
export type DeviceState = 'off' | 'asking' | 'on' | 'denied' | 'missing' | 'busy';

export interface DeviceView {
  readonly state: DeviceState;
  readonly stream?: MediaStream;
  /** What can be chosen from; named only once the browser allows it. */
  readonly devices: readonly { readonly id: string; readonly label: string }[];
  readonly chosen?: string;
}

const inputs = { camera: 'videoinput', microphone: 'audioinput' } as const;

/** A camera or a microphone to try before the meeting. Nothing of it leaves the page, and `turnOff` ends every use of it. */
export class DevicePreview {
  readonly kind: DeviceKind;
  readonly #media: MediaDevices | undefined;
  readonly #listeners = new Set<() => void>();
  #view: DeviceView = { state: 'off', devices: [] };
  /** The newest wish: what an older one brings is not used. */
  #wish = 0;

  /** `media` is undefined where the browser has none, as outside of https. */
  constructor(kind: DeviceKind, media: MediaDevices | undefined = navigator.mediaDevices) {
    this.kind = kind;
    this.#media = media;
  }

  readonly subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  };

  readonly snapshot = (): DeviceView => this.#view;

  /** Asks the browser, which may ask its user. */
  async turnOn(id = this.#view.chosen): Promise<void> {
    const wish = this.#begin();
    this.#set({ state: 'asking' });
    try {
      if (!this.#media) throw new DOMException('no devices', 'NotFoundError');
      const wanted = id ? { deviceId: { exact: id } } : true;
      const stream = await this.#media.getUserMedia(
        this.kind === 'camera' ? { video: wanted } : { audio: wanted },
      );
      if (wish === this.#wish) await this.#show(stream, wish);
      else stop(stream);
    } catch (error) {
      if (wish === this.#wish) this.#set({ state: stateAfter(error) });
    }
  }

  turnOff(): void {
    this.#begin();
    this.#set({ state: 'off' });
  }

  async #show(stream: MediaStream, wish: number): Promise<void> {
    const [track] = stream.getTracks();
    track?.addEventListener('ended', () => {
      if (wish === this.#wish) this.#set({ state: 'missing' });
    });
    const chosen = track?.getSettings().deviceId;
    this.#set({ state: 'on', stream, ...(chosen ? { chosen } : {}) });
    const all = (await this.#media?.enumerateDevices()) ?? [];
    if (wish !== this.#wish) return;
    const devices = all
      .filter(({ kind, deviceId }) => kind === inputs[this.kind] && deviceId !== '')
      .map(({ deviceId, label }) => ({ id: deviceId, label }));
    this.#set({ state: 'on', stream, devices });
  }

  #begin(): number {
    if (this.#view.stream) stop(this.#view.stream);
    return ++this.#wish;
  }

  #set(change: Partial<DeviceView> & Pick<DeviceView, 'state'>): void {
    const { devices, chosen } = this.#view;
    this.#view = { devices, ...(chosen ? { chosen } : {}), ...change };
    for (const listener of this.#listeners) listener();
  }
}

function stop(stream: MediaStream): void {
  for (const track of stream.getTracks()) track.stop();
}

function stateAfter(error: unknown): DeviceState {
  const name = error instanceof DOMException ? error.name : '';
  if (name === 'NotAllowedError' || name === 'SecurityError') return 'denied';
  return name === 'NotReadableError' || name === 'AbortError' ? 'busy' : 'missing';
}

/** Whether the browser lets this page use the device without asking. */
export async function isGranted(kind: DeviceKind): Promise<boolean> {
  try {
    const { state } = await navigator.permissions.query({ name: kind });
    return state === 'granted';
  } catch {
    // Not every browser knows these names.
    return false;
  }
}
