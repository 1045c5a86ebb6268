import type { Api } from '../api/client';
import { ApiError } from '../api/ApiError';
import type { Signature } from '../api/types';
import { admit } from './admit';
import { decodeClaims, shorten, type Claims } from './claims';
import { customerKey } from '../identity/customerKey';
import { roomAddress } from '../format/meetingNumber';
import { topicOf } from '../format/topic';
import { Lobby, type LobbyView } from './Lobby';
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

export type Step = 'signingIn' | 'looking' | 'signing' | 'loading' | 'joining';

export type RoomState =
  | { readonly phase: 'left' }
  | { readonly phase: 'working'; readonly step: Step; readonly topic?: string }
  | { readonly phase: 'lobby'; readonly view: LobbyView }
  | { readonly phase: 'lowered'; readonly why: string }
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

export interface Zoom {
  /** Joining is near: its scripts may be read. */
  readonly load: () => void;
  readonly join: Join;
}

/**
 * The way into a meeting: the lobby, then one attempt to join, for the life of the document: the SDK's client view can be initialised only once, so it
 * lives outside React, whose effects may run twice. The SDK keeps the signature that it was given and takes no
 * other, so a fresh one needs a new attempt.
 */
export class RoomSession {
  #request: RoomRequest;
  readonly #zoom: Zoom;
  readonly #reopen: (request: RoomRequest) => void;
  readonly #listeners = new Set<() => void>();
  #state: RoomState;
  #started = false;
  #goOn: (() => void) | undefined;
  #lobby: Lobby | undefined;
  #topic: string | undefined;
  #lookAgain: (() => void) | undefined;

  /** `reopen`: makes a new attempt, in a new document. */
  constructor(request: RoomRequest, zoom: Zoom, reopen: (request: RoomRequest) => void) {
    this.#request = request;
    this.#zoom = zoom;
    this.#reopen = reopen;
    this.#state = request.left ? { phase: 'left' } : { phase: 'working', step: 'signingIn' };
  }

  readonly subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  };

  /** As it is asked for now: without an invitation that somebody does not need. */
  get request(): RoomRequest {
    return this.#request;
  }

  readonly snapshot = (): RoomState => this.#state;

  /** Does nothing when the session has started already, or when the person has just left. */
  start(api: Api, person: Person): void {
    if (this.#started || this.#request.left) return;
    this.#started = true;
    if (this.#request.atOnce) this.#attempt(api, person);
    else {
      this.#lookAgain = () => void this.#enterLobby(api, person).catch(this.#refuse);
      this.#lookAgain();
    }
  }

  /** From the lobby; as what the lobby says, unless told otherwise. */
  join(role?: 0 | 1): void {
    this.#lobby?.join(role);
  }

  /** Whether to join as soon as the meeting starts. */
  joinByItself(wished: boolean): void {
    this.#lobby?.joinByItself(wished);
  }

  /** The answer to 'lowered'. */
  joinAsParticipant(): void {
    this.#goOn?.();
  }

  /** Joins anew, with a fresh signature; looks anew where nobody has joined yet. */
  retry(): void {
    if (this.#lookAgain) this.#lookAgain();
    else this.#reopen(this.#request);
  }

  async #enterLobby(api: Api, person: Person): Promise<void> {
    this.#work('looking');
    const { request, status } = await admit(api, this.#request);
    this.#request = request;
    if (status.meeting) this.#topic = topicOf(status.meeting);
    this.#lobby = new Lobby(
      status,
      request.role,
      () => api.meetingStatus(request.meeting, request.invitation),
      {
        changed: (view) => this.#set({ phase: 'lobby', view }),
        join: (role) => {
          this.#request = { ...this.#request, role };
          this.#attempt(api, person);
        },
        refused: this.#refuse,
      },
    );
    this.#lobby.open();
  }

  #attempt(api: Api, person: Person): void {
    this.#lookAgain = undefined;
    void this.#run(api, person).catch(this.#refuse);
  }

  readonly #refuse = (error: unknown): void => this.#set({ phase: 'refused', error });

  async #run(api: Api, person: Person): Promise<void> {
    this.#zoom.load();
    this.#work('signing');
    const permission = this.#permit(api, person);
    const renewal = new Renewal(() => this.#reopen(this.#request));
    let signature: Signature | undefined;
    const ready = async () => {
      const { first, sign, argumentsOf } = await permission;
      signature = isFresh(first.expiresAt) ? first : await sign();
      renewal.watch(signature.expiresAt);
      return argumentsOf(signature);
    };
    try {
      // The SDK gets ready while the API is asked.
      const join = this.#zoom.join(ready, leaveAddress(this.#request), (step) => {
        if (step === 'inside' || step === 'outside') renewal.follow(step);
        else if (step === 'talking') this.#set({ phase: 'talking' });
        else this.#work(step);
      });
      await Promise.all([permission, join]);
    } catch (error) {
      renewal.stop();
      if (error instanceof ApiError) throw error;
      const { first, argumentsOf, why } = await permission;
      const given = withoutCredentials(argumentsOf(signature ?? first), signature ?? first);
      this.#set({ phase: 'failed', error, given, ...(why ? { why } : {}) });
    }
  }

  /** What the API allows, once the person agrees where that is less than was asked for. */
  async #permit(api: Api, person: Person) {
    const { meeting: number, role, invitation } = this.#request;
    const asked = { meetingNumber: number, role, ...(invitation ? { invitation } : {}) };
    const sign = () => api.sign(asked);
    const [first, key] = await Promise.all([
      api.sign({ ...asked, include: 'meeting' }),
      customerKey(person.issuer, person.subject),
    ]);
    const { meeting } = first;
    if (!meeting) throw new Error('The answer lacks the meeting.');
    this.#topic = topicOf(meeting);
    const why = first.role < role ? explainReason(first.reason, meeting) : undefined;
    if (why) {
      const agreed = new Promise<void>((resolve) => (this.#goOn = resolve));
      this.#set({ phase: 'lowered', why });
      await agreed;
      // Whoever agreed is not asked again when the signature is renewed.
      this.#request = { ...this.#request, role: first.role };
    }
    this.#work('loading');
    const argumentsOf = ({ signature, meetingNumber, zak }: Signature): JoinArguments => ({
      meetingNumber,
      userName: person.name,
      signature,
      passWord: meeting.password ?? '',
      customerKey: key,
      ...(zak ? { zak } : {}),
    });
    return { first, sign, argumentsOf, why };
  }

  #work(step: Step): void {
    this.#set({ phase: 'working', step, ...(this.#topic ? { topic: this.#topic } : {}) });
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
