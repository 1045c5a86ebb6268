import { isUnanswered } from './tokenFailure';
import { isRecord } from '../format/isRecord';
import { ApiError } from './ApiError';
import type {
  AuditPage,
  CheckpointList,
  Invitation,
  InvitationInput,
  KeySet,
  Me,
  Meeting,
  MeetingChange,
  MeetingInput,
  MeetingPage,
  Problem,
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

  return {
    access,

    me: (signal?: AbortSignal) => json<Me>('/me', { signal }),

    /** Those that are not past, or the past ones. */
    listMeetings: (query: { when?: 'past' | undefined; cursor?: string | undefined }, signal?: AbortSignal) =>
      json<MeetingPage>('/meetings', { query, signal }),
    createMeeting: (body: MeetingInput) => json<Meeting>('/meetings', { method: 'POST', body }),
    getMeeting: (id: string, invitation?: string) =>
      json<Meeting>(meeting(id), invitation ? { headers: { 'Meeting-Invitation': invitation } } : {}),
    updateMeeting: (id: number, body: MeetingChange) => json<Meeting>(meeting(id), { method: 'PATCH', body }),
    deleteMeeting: async (id: number) => {
      await send(meeting(id), { method: 'DELETE' });
    },
    endMeeting: async (id: number) => {
      await send(`${meeting(id)}/end`, { method: 'POST' });
    },
    invite: (id: number, body: InvitationInput) =>
      json<Invitation>(`${meeting(id)}/invitations`, { method: 'POST', body }),

    sign: (body: SignatureInput) => json<Signature>('/signature', { method: 'POST', body }),

    listAudit: (query: Query, signal?: AbortSignal) => json<AuditPage>('/audit', { query, signal }),
    /** The server's own word on a trail; it may take long. */
    verifyAudit: (query: Query, signal: AbortSignal) =>
      json<ServerVerdict>('/audit/verification', { query, signal }),
    listKeys: (signal?: AbortSignal) => json<KeySet>('/audit/keys', { signal }),
    /** Page by page, the oldest first. */
    listCheckpoints: async function* (organization: string, signal: AbortSignal) {
      let cursor: string | undefined;
      do {
        const query = { organization, cursor };
        const page = await json<CheckpointList>('/audit/checkpoints', { query, signal });
        yield page.checkpoints;
        cursor = page.cursor;
      } while (cursor);
    },
    /** The whole range as a stream, in the API's own bytes. */
    exportAudit: (query: Query, accept: 'text/csv' | 'application/x-ndjson', signal: AbortSignal) =>
      send('/audit', { query, headers: { Accept: accept }, signal }),
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
