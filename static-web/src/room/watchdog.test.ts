import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { createWatchdog, WatchdogError } from './watchdog';
import { joinMilliseconds } from './zoom';

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

const never = () => new Promise<never>(() => undefined);

describe('the watchdog', () => {
  it('waits longer than the SDK’s own 30 seconds and barks before 40', () => {
    expect(joinMilliseconds).toBeGreaterThan(35_000);
    expect(joinMilliseconds).toBeLessThan(40_000);
  });

  it('ends a wait for something that never answers', async () => {
    const wait = expect(createWatchdog(38_000).guarded(never())).rejects.toBeInstanceOf(WatchdogError);
    await vi.advanceTimersByTimeAsync(38_000);
    await wait;
  });

  it('passes an answer and a failure on, and leaves no timer', async () => {
    await expect(createWatchdog(10).guarded(Promise.resolve('in'))).resolves.toBe('in');
    await expect(createWatchdog(10).guarded(Promise.reject(new Error('no')))).rejects.toThrow('no');
    expect(vi.getTimerCount()).toBe(0);
  });

  it('stays quiet once it is stopped', async () => {
    const watchdog = createWatchdog(10);
    let barked = false;
    watchdog.guarded(never()).catch(() => (barked = true));
    watchdog.stop();
    await vi.advanceTimersByTimeAsync(1_000);
    expect(barked).toBe(false);
  });

  it('waits on while a person is busy', async () => {
    let busy = true;
    const wait = expect(createWatchdog(10, () => busy).guarded(never())).rejects.toBeInstanceOf(
      WatchdogError,
    );
    await vi.advanceTimersByTimeAsync(95);
    expect(vi.getTimerCount()).toBe(1);
    busy = false;
    await vi.advanceTimersByTimeAsync(10);
    await wait;
  });
});
