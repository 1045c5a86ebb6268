import type { AuditRecord } from '../api/types';
import { formatMeetingNumber } from '../join/meetingNumber';
import { text } from '../text';
import { Facts } from '../ui/Facts';
import { sourceName } from './sources';

const words = text.audit.fields;

function show(value: unknown): string {
  return typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean'
    ? String(value)
    : JSON.stringify(value);
}

/** All of a record but its sentence; times as they are stored, in UTC. */
export function RecordDetails({ record }: { readonly record: AuditRecord }) {
  const { actor, client, target } = record;
  const facts: [string, unknown][] = [
    [words.occurredAt, record.occurredAt],
    [words.recordedAt, record.recordedAt],
    [words.action, record.action],
    [words.outcome, text.audit.outcomes[record.outcome]],
    [words.reason, record.reason],
    [words.organization, record.organization],
    [words.actor, actor.name],
    [words.email, actor.email],
    [words.department, actor.department],
    [words.subject, actor.subject],
    [words.issuer, actor.issuer],
    [words.actorType, actor.type],
    [words.target, target && `${target.type} ${target.id}`],
    [words.meeting, record.meeting && formatMeetingNumber(record.meeting)],
    [words.source, sourceName(record.source)],
    [words.ip, client?.ip],
    [words.userAgent, client?.userAgent],
    [words.requestId, client?.requestId],
    [words.accountId, record.accountId],
    [words.payloadHash, record.payloadHash],
    ...Object.entries(record.details ?? {}),
    [words.sequence, record.sequence],
    [words.id, record.id],
  ];
  return (
    <Facts
      facts={facts
        .filter(([, value]) => value !== undefined && value !== null && value !== '')
        .map(([name, value]) => [name, show(value)] as const)}
    />
  );
}
