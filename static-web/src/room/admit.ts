import { ApiError } from '../api/ApiError';
import type { Api } from '../api/client';
import type { MeetingStatus } from '../api/types';
import type { RoomRequest } from './request';

/**
 * Looks at the meeting as whoever asks. An invitation that does not fit is left away where the meeting is one of their own organisation:
 * there they are no guest.
 */
export async function admit(
  api: Pick<Api, 'meetingStatus'>,
  request: RoomRequest,
): Promise<{ readonly request: RoomRequest; readonly status: MeetingStatus }> {
  const { invitation, ...colleague } = request;
  try {
    return { request, status: await api.meetingStatus(request.meeting, invitation, 'meeting') };
  } catch (error) {
    if (!(error instanceof ApiError)) throw error;
    if (request.isCut && (error.status === 403 || error.status === 404)) throw ApiError.cutInvitation();
    if (!invitation || error.code !== 'invalid_invitation') throw error;
    try {
      return { request: colleague, status: await api.meetingStatus(request.meeting, undefined, 'meeting') };
    } catch {
      throw error;
    }
  }
}
