import type { Api } from '../api/client';
import { ApiError } from '../api/ApiError';
import type { Signature } from '../api/types';
import { decodeClaims, shorten, type Claims } from './claims';
import { customerKey } from '../identity/customerKey';
import { roomAddress } from '../format/meetingNumber';
import { topicOf } from '../format/topic';
import { explainReason } from './lowered';
import type { Place } from './place';
import { isFresh, Renewal } from './renewal';
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
  /** Asked for when the SDK is ready to join. */
  args: () => Promise<JoinArguments>,
  leaveUrl: string,
  onStep: (step: 'joining' | 'talking' | Place) => void,
) => Promise<void>;

/**
 * One attempt to join, for the life of the document: the SDK's client view can be initialised only once, so it
 * lives outside React, whose effects may run twice. The SDK keeps the signature that it was given and takes no
 * other, so a fresh one needs a new attempt.
 */
export class RoomSession {
  readonly #request: RoomRequest;
  readonly #join: Join;
  readonly #reopen: (request: RoomRequest) => void;
  readonly #listeners = new Set<() => void>();
  #state: RoomState;
  #started = false;
  #goOn: (() => void) | undefined;

  /** `reopen`: makes a new attempt, in a new document. */
  constructor(request: RoomRequest, join: Join, reopen: (request: RoomRequest) => void) {
    this.#request = request;
    this.#join = join;
    this.#reopen = reopen;
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

  /** Joins anew, with a fresh signature. */
  retry(): void {
    this.#reopen(this.#request);
  }

  async #run(api: Api, person: Person): Promise<void> {
    const { meeting: number, role, invitation } = this.#request;
    const sign = () => api.sign({ meetingNumber: number, role, ...(invitation ? { invitation } : {}) });

    this.#set({ phase: 'working', step: 'signing' });
    const [first, meeting, key] = await Promise.all([
      sign(),
      api.getMeeting(number, invitation),
      customerKey(person.issuer, person.subject),
    ]);
    let signature = first;
    const topic = topicOf(meeting);

    let why: string | undefined;
    if (role === 1 && signature.role === 0) {
      why = explainReason(signature.reason, meeting);
      const asked = new Promise<void>((resolve) => (this.#goOn = resolve));
      this.#set({ phase: 'lowered', why, topic });
      await asked;
    }

    this.#set({ phase: 'working', step: 'loading', topic });
    // Whoever was asked, and agreed, is not asked again.
    const renewal = new Renewal(() => this.#reopen({ ...this.#request, role: signature.role }));
    const argumentsOf = ({ signature, meetingNumber, zak }: Signature): JoinArguments => ({
      meetingNumber,
      userName: person.name,
      signature,
      passWord: meeting.password ?? '',
      customerKey: key,
      ...(zak ? { zak } : {}),
    });
    const ready = async () => {
      if (!isFresh(signature.expiresAt)) signature = await sign();
      renewal.watch(signature.expiresAt);
      return argumentsOf(signature);
    };
    try {
      await this.#join(ready, leaveAddress(this.#request), (step) => {
        if (step === 'inside' || step === 'outside') renewal.follow(step);
        else this.#set(step === 'talking' ? { phase: 'talking' } : { phase: 'working', step, topic });
      });
    } catch (error) {
      renewal.stop();
      if (error instanceof ApiError) throw error;
      const given = withoutCredentials(argumentsOf(signature), signature);
      this.#set({ phase: 'failed', error, given, ...(why ? { why } : {}) });
    }
  }

  #set(state: RoomState): void {
    this.#state = state;
    for (const listener of this.#listeners) listener();
  }
}

function withoutCredentials(args: JoinArguments, { role, expiresAt }: Signature): Given {
  const { meetingNumber, userName, customerKey, signature, passWord, zak } = args;
  return {
    meetingNumber,
    role,
    userName,
    customerKey,
    expiresAt,
    signature: shorten(signature),
    claims: decodeClaims(signature) ?? {},
    hasPasscode: passWord !== '',
    hasZak: zak !== undefined,
  };
}

/** Where the SDK goes when the person leaves; without the invitation, since the SDK might report this address. */
function leaveAddress({ meeting, role }: RoomRequest): string {
  return `${window.location.origin}${roomAddress(meeting, role)}&left=1`;
}
