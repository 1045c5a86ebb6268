import { WatchdogError } from './watchdog';
import { words } from './words';

export type Outcome = keyof typeof words.outcomes;

/** The SDK said no, with its own code. */
export class ZoomError extends Error {
  override readonly name = 'ZoomError';
  readonly code: number;

  constructor(code: number) {
    super(`Zoom's code ${code}`);
    this.code = code;
  }
}

/** The SDK's scripts, style or media parts did not arrive. */
export class AssetsError extends Error {
  override readonly name = 'AssetsError';
}

// The table of client view 6.2.0, and Zoom's page on its error codes.
const outcomes: Readonly<Record<number, Outcome>> = {
  1: 'unreachable',
  403: 'unreachable',
  404: 'unreachable',
  3000: 'otherMeeting',
  3001: 'ended',
  3003: 'role',
  3004: 'passcode',
  3008: 'notStarted',
  3009: 'removed',
  3082: 'zoomSignIn',
  3099: 'registration',
  3100: 'zoomSignIn',
  3116: 'registration',
  3265: 'token',
  3603: 'browser',
  3608: 'browser',
  3610: 'ended',
  3611: 'browser',
  3620: 'blocked',
  3621: 'unreachable',
  3623: 'token',
  3624: 'role',
  3703: 'parameter',
  3704: 'signature',
  3705: 'expired',
  3706: 'parameter',
  3707: 'ended',
  3708: 'role',
  3710: 'signature',
  3711: 'role',
  3712: 'signature',
  3713: 'role',
  3714: 'parameter',
  4003: 'parameter',
  4004: 'ended',
  4005: 'full',
  4006: 'locked',
  4007: 'blocked',
  4008: 'otherMeeting',
  4009: 'unreachable',
  5001: 'assets',
  10000: 'outdated',
};

/** What a failed join means for the person. */
export function outcomeOf(error: unknown): Outcome {
  if (error instanceof WatchdogError) return 'silent';
  if (error instanceof AssetsError) return 'assets';
  if (error instanceof ZoomError) return outcomes[error.code] ?? 'unknown';
  return 'unknown';
}

/** Whether the same person may have more luck with a new attempt. */
export function worthRetrying(outcome: Outcome): boolean {
  const final: readonly Outcome[] = [
    'removed',
    'ended',
    'signature',
    'outdated',
    'registration',
    'blocked',
    'browser',
    'zoomSignIn',
  ];
  return !final.includes(outcome);
}
