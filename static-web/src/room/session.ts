import type { Api } from '../api/client';
import { decodeClaims, shorten, type Claims } from './claims';
import { customerKey } from '../identity/customerKey';
import { roomAddress } from '../join/meetingNumber';
import { topicOf } from '../meetings/topic';
import { whyLowered } from './lowered';
import type { RoomRequest } from './request';
import type { JoinArguments } from './zoom';

/** What the SDK was given, safe to show: no passcode, no ZAK, no whole signature. */
export interface Given {
  readonly meetingNumber: string;
  readonly role: 0 | 1;
  readonly userName: string;
  readonly customerKey: string;
  readonly expiresAt: string;
  readonly signature: string;
  readonly claims: Claims;
  readonly hasPasscode: boolean;
  readonly hasZak: boolean;
}

export type Step = 'signingIn' | 'signing' | 'loading' | 'joining';

export type RoomState =
  | { readonly phase: 'left' }
  | { readonly phase: 'working'; readonly step: Step; readonly topic?: string }
  | { readonly phase: 'lowered'; readonly why: string; readonly topic: string }
  | { readonly phase: 'talking' }
  /** The API refused or could not be asked. */
  | { readonly phase: 'refused'; readonly error: unknown }
  /** The SDK was asked to join and did not. */
  | { readonly phase: 'failed'; readonly error: unknown; readonly given: Given; readonly why?: string };

/** Who joins, from the id token. */
export interface Person {
  readonly issuer: string;
  readonly subject: string;
  readonly name: string;
}

export type Join = (
  args: JoinArguments,
  leaveUrl: string,
  onStep: (step: 'joining' | 'talking') => void,
) => Promise<void>;

/** A signature that ends sooner than this is replaced before it is used. */
const freshMilliseconds = 60_000;

/**
 * One attempt to join, for the life of the document: the SDK's client view can be initialised only once, so it
 * lives outside React, whose effects may run twice.
 */
export class RoomSession {
  readonly #request: RoomRequest;
  readonly #join: Join;
  readonly #listeners = new Set<() => void>();
  #state: RoomState;
  #started = false;
  #goOn: (() => void) | undefined;

  constructor(request: RoomRequest, join: Join) {
    this.#request = request;
    this.#join = join;
    this.#state = request.left ? { phase: 'left' } : { phase: 'working', step: 'signingIn' };
  }

  readonly subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  };

  readonly snapshot = (): RoomState => this.#state;

  /** Does nothing when the session has started already, or when the person has just left. */
  start(api: Api, person: Person): void {
    if (this.#started || this.#request.left) return;
    this.#started = true;
    void this.#run(api, person).catch((error: unknown) => this.#set({ phase: 'refused', error }));
  }

  /** The answer to 'lowered'. */
  joinAsParticipant(): void {
    this.#goOn?.();
  }

  async #run(api: Api, person: Person): Promise<void> {
    const { meeting: number, role, grant } = this.#request;
    const sign = () => api.sign({ meetingNumber: number, role, ...(grant ? { grant } : {}) });

    this.#set({ phase: 'working', step: 'signing' });
    const [signed, meeting, key] = await Promise.all([
      sign(),
      api.getMeeting(number, grant),
      customerKey(person.issuer, person.subject),
    ]);
    let signature = signed;
    const topic = topicOf(meeting);

    let why: string | undefined;
    if (role === 1 && signature.role === 0) {
      why = whyLowered(await api.me(), meeting, grant !== undefined);
      const asked = new Promise<void>((resolve) => (this.#goOn = resolve));
      this.#set({ phase: 'lowered', why, topic });
      await asked;
      if (Date.parse(signature.expiresAt) - Date.now() < freshMilliseconds) signature = await sign();
    }

    this.#set({ phase: 'working', step: 'loading', topic });
    const args: JoinArguments = {
      meetingNumber: signature.meetingNumber,
      userName: person.name,
      signature: signature.signature,
      passWord: meeting.password ?? '',
      customerKey: key,
      ...(signature.zak ? { zak: signature.zak } : {}),
    };
    try {
      await this.#join(args, leaveAddress(this.#request), (step) =>
        this.#set(step === 'talking' ? { phase: 'talking' } : { phase: 'working', step, topic }),
      );
    } catch (error) {
      this.#set({
        phase: 'failed',
        error,
        given: {
          meetingNumber: args.meetingNumber,
          role: signature.role,
          userName: args.userName,
          customerKey: key,
          expiresAt: signature.expiresAt,
          signature: shorten(args.signature),
          claims: decodeClaims(args.signature) ?? {},
          hasPasscode: args.passWord !== '',
          hasZak: args.zak !== undefined,
        },
        ...(why ? { why } : {}),
      });
    }
  }

  #set(state: RoomState): void {
    this.#state = state;
    for (const listener of this.#listeners) listener();
  }
}

/** Where the SDK goes when the person leaves; without the grant, since the SDK might report this address. */
function leaveAddress({ meeting, role }: RoomRequest): string {
  return `${window.location.origin}${roomAddress(meeting, role)}&left=1`;
}
