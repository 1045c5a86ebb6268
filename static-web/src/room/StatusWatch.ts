import { ApiError } from '../api/ApiError';

/** How often whoever waits asks, and how seldom at the most where no answer comes. */
const usualMilliseconds = 5_000;
const longestMilliseconds = 60_000;

/** The wait before asking again, after so many failures in a row, of which `error` is the last. */
export function delayAfter(failures: number, error?: unknown): number {
  const told = error instanceof ApiError ? (error.retryAfterSeconds ?? 0) * 1000 : 0;
  return Math.max(Math.min(usualMilliseconds * 2 ** failures, longestMilliseconds), told);
}

/** Whether the same question may be answered later. */
const mayPass = (error: unknown) =>
  error instanceof ApiError && (error.isTransient || error.status === 429 || error.status >= 500);

export type Page = Pick<Document, 'hidden' | 'addEventListener' | 'removeEventListener'>;

interface Listener<T> {
  readonly answered: (answer: T) => void;
  /** Of what may pass: it is asked again. */
  readonly failed: () => void;
  /** Of what ends the watch. */
  readonly refused: (error: unknown) => void;
}

/** Asks gently, while the page is seen: at once when it is seen again, and seldom while nothing answers. */
export class StatusWatch<T> {
  readonly #ask: () => Promise<T>;
  readonly #tell: Listener<T>;
  readonly #page: Page;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #failures = 0;
  #isStopped = false;
  #isAsking = false;

  constructor(ask: () => Promise<T>, tell: Listener<T>, page: Page = document) {
    this.#ask = ask;
    this.#tell = tell;
    this.#page = page;
  }

  start(): void {
    this.#page.addEventListener('visibilitychange', this.#seen);
    this.#plan(usualMilliseconds);
  }

  stop(): void {
    this.#isStopped = true;
    clearTimeout(this.#timer);
    this.#page.removeEventListener('visibilitychange', this.#seen);
  }

  readonly #seen = (): void => {
    clearTimeout(this.#timer);
    if (!this.#page.hidden) void this.#look();
  };

  #plan(milliseconds: number): void {
    clearTimeout(this.#timer);
    if (!this.#isStopped && !this.#page.hidden)
      this.#timer = setTimeout(() => void this.#look(), milliseconds);
  }

  async #look(): Promise<void> {
    if (this.#isAsking) return;
    this.#isAsking = true;
    try {
      const answer = await this.#ask();
      if (this.#isStopped) return;
      this.#failures = 0;
      this.#tell.answered(answer);
      this.#plan(usualMilliseconds);
    } catch (error) {
      if (this.#isStopped) return;
      if (mayPass(error)) {
        this.#failures += 1;
        this.#tell.failed();
        this.#plan(delayAfter(this.#failures, error));
      } else {
        this.stop();
        this.#tell.refused(error);
      }
    } finally {
      this.#isAsking = false;
    }
  }
}
