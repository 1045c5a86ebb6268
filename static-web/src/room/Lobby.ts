import type { Meeting, MeetingStatus } from '../api/types';
import { explainReason } from './lowered';
import { StatusWatch, type Page } from './StatusWatch';
import { words } from './words';

/** What somebody who is about to join sees. */
export interface LobbyView {
  readonly meeting: Meeting;
  readonly status: 'waiting' | 'started' | 'ended';
  /** As what they join, and why. */
  readonly role: 0 | 1;
  readonly why: string;
  /** They would be the host, and did not ask for it. */
  readonly mayHost: boolean;
  /** There is somebody to wait for: the meeting does not run, and Zoom lets nobody of this role in before the host. */
  readonly waits: boolean;
  readonly joinsByItself: boolean;
  /** The service gave no answer last time. */
  readonly isOutOfTouch: boolean;
}

/** Before a meeting: knows whether it runs, and joins as soon as it does where that is wished for. */
export class Lobby {
  readonly #tell: { changed: (view: LobbyView) => void; join: (role: 0 | 1) => void };
  readonly #watch: StatusWatch<MeetingStatus>;
  #view: LobbyView;

  /** `asked`: the role that the room's address asks for; `look` asks for the status again. */
  constructor(
    first: MeetingStatus,
    asked: 0 | 1,
    look: () => Promise<MeetingStatus>,
    tell: {
      changed: (view: LobbyView) => void;
      join: (role: 0 | 1) => void;
      refused: (error: unknown) => void;
    },
    page?: Page,
  ) {
    this.#tell = tell;
    this.#view = viewOf(first, asked);
    this.#watch = new StatusWatch(
      look,
      {
        answered: ({ status }) => this.#follow(status),
        failed: () => this.#change({ isOutOfTouch: true }),
        refused: tell.refused,
      },
      page,
    );
  }

  open(): void {
    this.#watch.start();
    this.#tell.changed(this.#view);
  }

  joinByItself(wished: boolean): void {
    this.#change({ joinsByItself: wished });
  }

  join(role: 0 | 1 = this.#view.role): void {
    this.#watch.stop();
    this.#tell.join(role);
  }

  #follow(status: string): void {
    const hadToWait = this.#view.waits;
    this.#change({ ...stateOf(status, this.#view.role, this.#view.meeting), isOutOfTouch: false });
    if (hadToWait && this.#view.status === 'started' && this.#view.joinsByItself) this.join();
  }

  #change(change: Partial<LobbyView>): void {
    this.#view = { ...this.#view, ...change };
    this.#tell.changed(this.#view);
  }
}

function viewOf({ status, meeting, role: given, reason }: MeetingStatus, asked: 0 | 1): LobbyView {
  if (!meeting || given === undefined || !reason) throw new Error('The answer lacks the meeting.');
  const role = asked === 1 ? given : 0;
  return {
    meeting,
    role,
    why:
      asked === 1
        ? explainReason(reason, meeting)
        : words.lobby[reason === 'invitation' ? 'invited' : 'member'],
    mayHost: given === 1 && asked === 0,
    ...stateOf(status, role, meeting),
    joinsByItself: true,
    isOutOfTouch: false,
  };
}

function stateOf(status: string, role: 0 | 1, meeting: Meeting): Pick<LobbyView, 'status' | 'waits'> {
  const known = status === 'started' || status === 'ended' ? status : 'waiting';
  const isOpen = meeting.settings?.join_before_host === true;
  return { status: known, waits: known !== 'started' && role === 0 && !isOpen };
}
