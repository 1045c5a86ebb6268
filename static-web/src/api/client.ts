import createClient from 'openapi-fetch';
import { isRecord } from '../format/isRecord';
import { ApiError } from './ApiError';
import type { paths } from './schema';
import { isUnanswered } from './tokenFailure';
import type {
  CheckpointList,
  InvitationInput,
  MeetingChange,
  MeetingInput,
  Problem,
  RevocationInput,
  SignatureInput,
} from './types';

type Query = Readonly<Record<string, string | undefined>>;

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

  async function send(request: Request): Promise<Response> {
    const { token } = await access();
    request.headers.set('Authorization', `Bearer ${token}`);
    let response: Response;
    try {
      response = await fetch(request);
    } catch (error) {
      if (request.signal.aborted && !isTimeout(request.signal.reason)) throw error;
      throw ApiError.unreachable();
    }
    if (response.ok) return response;
    const error = new ApiError(response.status, await readProblem(response));
    if (error.code === 'token_revoked') onRevoked?.();
    throw error;
  }

  const client = createClient<paths, 'application/json'>({
    baseUrl,
    headers: { Accept: 'application/json' },
    // Also asks for the token anew with each call.
    fetch: send,
  });
  const limited = (signal?: AbortSignal) => ({ signal: signal ?? AbortSignal.timeout(timeoutMilliseconds) });

  return {
    access,

    me: (signal?: AbortSignal) => dataOf(client.GET('/me', limited(signal))),

    listMeetings: (query: Query, signal?: AbortSignal) =>
      dataOf(client.GET('/meetings', { params: { query: known(query) }, ...limited(signal) })),
    /** Without the passcode, so that looking is not on record. */
    describeMeeting: (id: string, signal?: AbortSignal) =>
      dataOf(client.GET('/meetings/{id}/details', { params: { path: { id } }, ...limited(signal) })),
    createMeeting: (body: MeetingInput) => dataOf(client.POST('/meetings', { body, ...limited() })),
    /** With the passcode; looking goes on record. */
    getMeeting: (id: number) =>
      dataOf(client.GET('/meetings/{id}', { params: { path: pathOf(id) }, ...limited() })),
    /** Whether it runs, again and again; with `include` also what it is and who one would be there, without its passcode. */
    meetingStatus: (id: string, invitation?: string, include?: 'meeting') =>
      dataOf(
        client.GET('/meetings/{id}/status', {
          params: {
            path: { id },
            query: include ? { include } : {},
            header: invitation ? { 'Meeting-Invitation': invitation } : {},
          },
          ...limited(),
        }),
      ),
    /** All of it, or one occurrence of a series. */
    updateMeeting: (id: number, body: MeetingChange, occurrence?: string) =>
      dataOf(
        client.PATCH('/meetings/{id}', {
          params: { path: pathOf(id), query: occurrence ? { occurrence_id: occurrence } : {} },
          body,
          ...limited(),
        }),
      ),
    /** All of it, or one occurrence of a series. */
    deleteMeeting: (id: number, occurrence?: string) =>
      client.DELETE('/meetings/{id}', {
        params: { path: pathOf(id), query: occurrence ? { occurrence_id: occurrence } : {} },
        ...limited(),
      }),
    endMeeting: (id: number) =>
      client.POST('/meetings/{id}/end', { params: { path: pathOf(id) }, ...limited() }),
    invite: (id: number, body: InvitationInput) =>
      dataOf(client.POST('/meetings/{id}/invitations', { params: { path: pathOf(id) }, body, ...limited() })),
    listInvitations: (id: number, signal?: AbortSignal) =>
      dataOf(client.GET('/meetings/{id}/invitations', { params: { path: pathOf(id) }, ...limited(signal) })),
    /** The organisations that this one has invited to any meeting; `id` is one that the caller may change. */
    listInvitedOrganizations: async (id: number, signal?: AbortSignal) => {
      const params = { path: pathOf(id), query: { include: 'organizations' as const } };
      const list = await dataOf(client.GET('/meetings/{id}/invitations', { params, ...limited(signal) }));
      return list.organizations ?? [];
    },
    withdrawInvitation: (id: number, invitationId: string) =>
      client.DELETE('/meetings/{id}/invitations/{invitationId}', {
        params: { path: { ...pathOf(id), invitationId } },
        ...limited(),
      }),
    /** A new passcode; every invitation that is out is withdrawn. */
    changePasscode: (id: number) =>
      dataOf(client.POST('/meetings/{id}/passcode', { params: { path: pathOf(id) }, ...limited() })),
    /** Of past instances, the latest first; looking goes on record. */
    listParticipants: (id: number, query: Query, signal?: AbortSignal) =>
      dataOf(
        client.GET('/meetings/{id}/participants', {
          params: { path: pathOf(id), query: known(query) },
          ...limited(signal),
        }),
      ),
    /** Of past instances, the latest first; looking goes on record. */
    listRecordings: (id: number, query: Query, signal?: AbortSignal) =>
      dataOf(
        client.GET('/meetings/{id}/recordings', {
          params: { path: pathOf(id), query: known(query) },
          ...limited(signal),
        }),
      ),
    /** An entry for calendars (RFC 5545). */
    readCalendar: async (id: number) => {
      const { response } = await client.GET('/meetings/{id}/calendar', {
        params: { path: pathOf(id) },
        headers: { Accept: 'text/calendar' },
        parseAs: 'stream',
        ...limited(),
      });
      return response.blob();
    },

    /** Ends tokens, not presence: the answer says what is still open. */
    revoke: (body: RevocationInput) => dataOf(client.POST('/revocations', { body, ...limited() })),

    sign: (body: SignatureInput) => dataOf(client.POST('/signature', { body, ...limited() })),

    listAudit: (query: Query, signal?: AbortSignal) =>
      dataOf(client.GET('/audit', { params: { query: known(query) }, ...limited(signal) })),
    /** A line as an export has it, or where the record cannot be read, what stands in its place in lists. */
    readRecord: (sequence: string, query: Query, signal?: AbortSignal) =>
      dataOf(
        client.GET('/audit/records/{sequence}', {
          params: { path: known({ sequence }), query: known(query) },
          ...limited(signal),
        }),
      ),
    summarizeAudit: (query: Query, signal?: AbortSignal) =>
      dataOf(client.GET('/audit/summary', { params: { query: known(query) }, ...limited(signal) })),
    /** The server's own word on a trail; it may take long. */
    verifyAudit: (query: Query, signal: AbortSignal) =>
      dataOf(client.GET('/audit/verification', { params: { query: known(query) }, signal })),
    listKeys: (signal?: AbortSignal) => dataOf(client.GET('/audit/keys', limited(signal))),
    /** Page by page, the oldest first. */
    listCheckpoints: async function* (
      organization: string,
      signal: AbortSignal,
      onPage: (page: CheckpointList) => void = () => undefined,
    ) {
      let cursor: string | undefined;
      do {
        const query = { organization, ...(cursor ? { cursor } : {}) };
        const page = await dataOf(client.GET('/audit/checkpoints', { params: { query }, signal }));
        onPage(page);
        yield page.checkpoints;
        cursor = page.cursor;
      } while (cursor);
    },
    /** The whole range as a stream, in the API's own bytes. */
    exportAudit: async (query: Query, accept: 'text/csv' | 'application/x-ndjson', signal: AbortSignal) => {
      const headers = { Accept: accept };
      const params = { query: known(query) };
      return (await client.GET('/audit', { params, headers, parseAs: 'stream', signal })).response;
    },
    /** Some records with what proves each, in the API's own bytes. */
    exportEvidence: async (query: Query, signal: AbortSignal) => {
      const headers = { Accept: 'application/x-ndjson' };
      const params = { query: known(query) };
      return (await client.GET('/audit/evidence', { params, headers, parseAs: 'stream', signal })).response;
    },
  };
}

/** Only what is set. Filters come as text from the address bar, and it is the API that says what is wrong with them. */
function known(query: Query) {
  return Object.fromEntries(Object.entries(query).filter(([, value]) => value)) as never;
}

const pathOf = (id: number) => ({ id: String(id) });

/** What does not succeed has been thrown, so the data is there. */
async function dataOf<T>(call: Promise<{ readonly data?: T }>): Promise<T> {
  const { data } = await call;
  return data as T;
}

function isTimeout(reason: unknown): boolean {
  return reason instanceof DOMException && reason.name === 'TimeoutError';
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
