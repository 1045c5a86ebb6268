export class WatchdogError extends Error {
  override readonly name = 'WatchdogError';
}

/** Ends a wait for something that may never answer. */
export interface Watchdog {
  /** The work's own result, or a WatchdogError once the time is over. */
  readonly guarded: <T>(work: Promise<T>) => Promise<T>;
  /** From now on the work may take as long as it likes. */
  readonly stop: () => void;
}

/**
 * `isPaused` is asked when the time is over: while it is true (somebody is typing a passcode, say) the watchdog
 * starts anew.
 */
export function createWatchdog(milliseconds: number, isPaused: () => boolean = () => false): Watchdog {
  let timer: ReturnType<typeof setTimeout> | undefined;
  let stopped = false;
  const stop = () => {
    stopped = true;
    clearTimeout(timer);
  };

  return {
    stop,
    guarded: <T>(work: Promise<T>) => {
      const expired = new Promise<never>((_resolve, reject) => {
        const expire = () => {
          if (isPaused()) timer = setTimeout(expire, milliseconds);
          else reject(new WatchdogError(`no answer within ${milliseconds} ms`));
        };
        if (!stopped) timer = setTimeout(expire, milliseconds);
      });
      return Promise.race([work, expired]).finally(stop);
    },
  };
}
