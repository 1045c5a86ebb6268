import { describe, expect, it } from 'vitest';
import { DevicePreview } from './DevicePreview';

class Track extends EventTarget {
  isStopped = false;
  readonly id: string;

  constructor(id: string) {
    super();
    this.id = id;
  }

  stop(): void {
    this.isStopped = true;
  }

  getSettings(): MediaTrackSettings {
    return { deviceId: this.id };
  }
}

/** What a browser has of devices: two cameras and a microphone, unless it refuses. */
function browser(refusal?: string) {
  const tracks: Track[] = [];
  const media = {
    getUserMedia: async ({ video }: { video?: true | { deviceId: { exact: string } } }) => {
      await Promise.resolve();
      if (refusal) throw new DOMException('no', refusal);
      const track = new Track(typeof video === 'object' ? video.deviceId.exact : 'front');
      tracks.push(track);
      return { getTracks: () => [track] };
    },
    enumerateDevices: () =>
      Promise.resolve([
        { kind: 'videoinput', deviceId: 'front', label: 'Front' },
        { kind: 'videoinput', deviceId: 'back', label: 'Back' },
        { kind: 'audioinput', deviceId: 'mic', label: 'Headset' },
      ]),
  };
  return { tracks, preview: new DevicePreview('camera', media as unknown as MediaDevices) };
}

describe('a camera in the lobby', () => {
  it('shows itself and what else there is to choose', async () => {
    const { preview, tracks } = browser();
    expect(preview.snapshot()).toEqual({ state: 'off', devices: [] });
    await preview.turnOn();
    expect(preview.snapshot()).toMatchObject({
      state: 'on',
      chosen: 'front',
      devices: [
        { id: 'front', label: 'Front' },
        { id: 'back', label: 'Back' },
      ],
    });
    await preview.turnOn('back');
    expect(preview.snapshot()).toMatchObject({ state: 'on', chosen: 'back' });
    expect(tracks.map(({ isStopped }) => isStopped)).toEqual([true, false]);
  });

  it('is let go of at once, and when the browser gives it too late', async () => {
    const { preview, tracks } = browser();
    await preview.turnOn();
    const late = preview.turnOn('back');
    preview.turnOff();
    await late;
    expect(tracks.map(({ isStopped }) => isStopped)).toEqual([true, true]);
    expect(preview.snapshot().state).toBe('off');
    expect(preview.snapshot()).not.toHaveProperty('stream');
  });

  it('that is unplugged is missing', async () => {
    const { preview, tracks } = browser();
    await preview.turnOn();
    tracks[0]!.dispatchEvent(new Event('ended'));
    expect(preview.snapshot().state).toBe('missing');
  });

  it.each([
    ['NotAllowedError', 'denied'],
    ['NotFoundError', 'missing'],
    ['OverconstrainedError', 'missing'],
    ['NotReadableError', 'busy'],
  ])('that the browser refuses with %s is %s', async (refusal, state) => {
    const { preview } = browser(refusal);
    await preview.turnOn();
    expect(preview.snapshot().state).toBe(state);
  });
});
