import { isUnanswered } from './tokenFailure';
import { isRecord } from '../format/isRecord';
import { ApiError } from './ApiError';
import type {
  AuditLine,
  AuditPage,
  AuditRecord,
  AuditSummary,
  CheckpointList,
  Invitation,
  InvitationInput,
  InvitationList,
  KeySet,
  Me,
  Meeting,
  MeetingChange,
  MeetingInput,
  MeetingPage,
  MeetingStatus,
  ParticipantPage,
  Passcode,
  Problem,
  RecordingPage,
  Revocation,
  RevocationInput,
  ServerVerdict,
  Signature,
  SignatureInput,
} from './types';

type Query = Readonly<Record<string, string | undefined>>;

interface Call {
  readonly method?: 'GET' | 'POST' | 'PATCH' | 'DELETE';
  readonly query?: Query;
  readonly body?: unknown;
  readonly headers?: Readonly<Record<string, string>>;
  readonly signal?: AbortSignal | undefined;
}

/** What a worker of this page needs to make calls of its own. */
export interface Access {
  readonly baseUrl: string;
  readonly token: string;
}

/** Longer than any call may take on the server, so that the server's own answer comes first. */
const timeoutMilliseconds = 20_000;

/** The API's calls. All of them reject with ApiError, or with AbortError when the caller's signal ends them. */
export type Api = ReturnType<typeof createApi>;

/**
 * `getToken` answers an access token, or rejects with what the identity provider's client says; `onRevoked` is called when the API takes
 * no token of this sign-in any more.
 */
export function createApi(
  baseUrl: string,
  getToken: () => Promise<string | undefined>,
  onRevoked?: () => void,
) {
  async function access(): Promise<Access> {
    const token = await getToken().catch((failure: unknown) => {
      throw isUnanswered(failure) ? ApiError.signInUnreachable() : ApiError.signedOut();
    });
    if (!token) throw ApiError.signedOut();
    return { baseUrl, token };
  }

  async function send(path: string, call: Call = {}): Promise<Response> {
    const { token } = await access();
    const url = new URL(baseUrl + path);
    for (const [key, value] of Object.entries(call.query ?? {})) if (value) url.searchParams.set(key, value);

    let response: Response;
    try {
      response = await fetch(url, {
        method: call.method ?? 'GET',
        headers: {
          Accept: 'application/json',
          Authorization: `Bearer ${token}`,
          ...(call.body === undefined ? {} : { 'Content-Type': 'application/json' }),
          ...call.headers,
        },
        ...(call.body === undefined ? {} : { body: JSON.stringify(call.body) }),
        signal: call.signal ?? AbortSignal.timeout(timeoutMilliseconds),
      });
    } catch (error) {
      if (call.signal?.aborted) throw error;
      throw ApiError.unreachable();
    }
    if (response.ok) return response;
    const error = new ApiError(response.status, await readProblem(response));
    if (error.code === 'token_revoked') onRevoked?.();
    throw error;
  }

  async function json<T>(path: string, call?: Call): Promise<T> {
    const response = await send(path, call);
    const body: unknown = await response.json();
    return body as T;
  }

  const meeting = (id: number | string) => `/meetings/${encodeURIComponent(String(id))}`;

  const by = (invitation?: string): Readonly<Record<string, string>> =>
    invitation ? { 'Meeting-Invitation': invitation } : {};

  return {
    access,

    me: (signal?: AbortSignal) => json<Me>('/me', { signal }),

    listMeetings: (query: Query, signal?: AbortSignal) => json<MeetingPage>('/meetings', { query, signal }),
    /** Without the passcode, so that looking is not on record. */
    describeMeeting: (id: string, signal?: AbortSignal) =>
      json<Meeting>(`${meeting(id)}/details`, { signal }),
    createMeeting: (body: MeetingInput) => json<Meeting>('/meetings', { method: 'POST', body }),
    /** With the passcode; looking goes on record. */
    getMeeting: (id: number) => json<Meeting>(meeting(id)),
    /** Whether it runs, again and again; with `include` also what it is and who one would be there, without its passcode. */
    meetingStatus: (id: string, invitation?: string, include?: 'meeting') =>
      json<MeetingStatus>(`${meeting(id)}/status`, { query: { include }, headers: by(invitation) }),
    /** All of it, or one occurrence of a series. */
    updateMeeting: (id: number, body: MeetingChange, occurrence?: string) =>
      json<Meeting>(meeting(id), { method: 'PATCH', query: { occurrence_id: occurrence }, body }),
    /** All of it, or one occurrence of a series. */
    deleteMeeting: async (id: number, occurrence?: string) => {
      await send(meeting(id), { method: 'DELETE', query: { occurrence_id: occurrence } });
    },
    endMeeting: async (id: number) => {
      await send(`${meeting(id)}/end`, { method: 'POST' });
    },
    invite: (id: number, body: InvitationInput) =>
      json<Invitation>(`${meeting(id)}/invitations`, { method: 'POST', body }),
    listInvitations: (id: number, signal?: AbortSignal) =>
      json<InvitationList>(`${meeting(id)}/invitations`, { signal }),
    withdrawInvitation: async (id: number, invitation: string) => {
      await send(`${meeting(id)}/invitations/${encodeURIComponent(invitation)}`, { method: 'DELETE' });
    },
    /** A new passcode; every invitation that is out is withdrawn. */
    changePasscode: (id: number) => json<Passcode>(`${meeting(id)}/passcode`, { method: 'POST' }),
    /** Of past instances, the latest first; looking goes on record. */
    listParticipants: (id: number, query: Query, signal?: AbortSignal) =>
      json<ParticipantPage>(`${meeting(id)}/participants`, { query, signal }),
    /** Of past instances, the latest first; looking goes on record. */
    listRecordings: (id: number, query: Query, signal?: AbortSignal) =>
      json<RecordingPage>(`${meeting(id)}/recordings`, { query, signal }),
    /** An entry for calendars (RFC 5545). */
    readCalendar: async (id: number) => {
      const response = await send(`${meeting(id)}/calendar`, { headers: { Accept: 'text/calendar' } });
      return response.blob();
    },

    /** Ends tokens, not presence: the answer says what is still open. */
    revoke: (body: RevocationInput) => json<Revocation>('/revocations', { method: 'POST', body }),

    sign: (body: SignatureInput) => json<Signature>('/signature', { method: 'POST', body }),

    listAudit: (query: Query, signal?: AbortSignal) => json<AuditPage>('/audit', { query, signal }),
    /** A line as an export has it, or where the record cannot be read, what stands in its place in lists. */
    readRecord: (sequence: string, query: Query, signal?: AbortSignal) =>
      json<AuditLine | AuditRecord>(`/audit/records/${encodeURIComponent(sequence)}`, { query, signal }),
    summarizeAudit: (query: Query, signal?: AbortSignal) =>
      json<AuditSummary>('/audit/summary', { query, signal }),
    /** The server's own word on a trail; it may take long. */
    verifyAudit: (query: Query, signal: AbortSignal) =>
      json<ServerVerdict>('/audit/verification', { query, signal }),
    listKeys: (signal?: AbortSignal) => json<KeySet>('/audit/keys', { signal }),
    /** Page by page, the oldest first. */
    listCheckpoints: async function* (
      organization: string,
      signal: AbortSignal,
      onPage: (page: CheckpointList) => void = () => undefined,
    ) {
      let cursor: string | undefined;
      do {
        const query = { organization, cursor };
        const page = await json<CheckpointList>('/audit/checkpoints', { query, signal });
        onPage(page);
        yield page.checkpoints;
        cursor = page.cursor;
      } while (cursor);
    },
    /** The whole range as a stream, in the API's own bytes. */
    exportAudit: (query: Query, accept: 'text/csv' | 'application/x-ndjson', signal: AbortSignal) =>
      send('/audit', { query, headers: { Accept: accept }, signal }),
    /** Some records with what proves each, in the API's own bytes. */
    exportEvidence: (query: Query, signal: AbortSignal) =>
      send('/audit/evidence', { query, headers: { Accept: 'application/x-ndjson' }, signal }),
  };
}

async function readProblem(response: Response): Promise<Problem> {
  try {
    const body: unknown = await response.json();
    return isRecord(body) ? body : {};
  } catch {
    // The host's own answers, such as an empty 404, are no problem documents.
    return {};
  }
}
