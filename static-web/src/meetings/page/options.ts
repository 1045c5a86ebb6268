import type { Meeting, MeetingSettings } from '../../api/types';
import { optionWords as words } from './words';

/** How a meeting is held, a sentence each; what Zoom does not tell is left out. */
export function describeOptions(settings: MeetingSettings = {}): string[] {
  const either = (choice: boolean | undefined, texts: { true: string; false: string }) =>
    choice === undefined ? undefined : texts[`${choice}`];
  const waits = settings.waiting_room;
  return [
    either(waits, words.waitingRoom),
    // The waiting room wins.
    waits || settings.join_before_host === undefined
      ? undefined
      : settings.join_before_host
        ? words.beforeHost(settings.jbh_time ?? 0)
        : words.afterHost,
    settings.auto_recording && words.recording[settings.auto_recording],
    settings.meeting_authentication && words.authentication,
    settings.mute_upon_entry && words.muted,
    either(settings.host_video, words.hostVideo),
    either(settings.participant_video, words.participantVideo),
    settings.watermark && words.watermark,
    settings.allow_multiple_devices && words.manyDevices,
  ].filter((sentence) => typeof sentence === 'string');
}

/** Their e-mail addresses. */
export function alternativeHosts({ settings }: Meeting): string[] {
  return (settings?.alternative_hosts ?? '').split(/[;,\s]+/).filter(Boolean);
}
