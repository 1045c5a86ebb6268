import type { AuditRecord } from '../api/types';
import { formatMeetingNumber } from '../format/meetingNumber';
import { Facts } from '../ui/Facts';
import { sourceName } from './sources';
import { words } from './words';

const names = words.fields;

function show(value: unknown): string {
  return typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean'
    ? String(value)
    : JSON.stringify(value);
}

/** All of a record but its sentence; times as they are stored, in UTC. */
export function RecordDetails({ record }: { readonly record: AuditRecord }) {
  const { actor, client, target } = record;
  const facts: [string, unknown][] = [
    [names.occurredAt, record.occurredAt],
    [names.recordedAt, record.recordedAt],
    [names.action, record.action],
    [names.outcome, words.outcomes[record.outcome]],
    [names.reason, record.reason],
    [names.organization, record.organization],
    [names.actor, actor.name],
    [names.email, actor.email],
    [names.department, actor.department],
    [names.subject, actor.subject],
    [names.issuer, actor.issuer],
    [names.actorType, actor.type],
    [names.target, target && `${target.type} ${target.id}`],
    [names.meeting, record.meeting && formatMeetingNumber(record.meeting)],
    [names.source, sourceName(record.source)],
    [names.ip, client?.ip],
    [names.userAgent, client?.userAgent],
    [names.requestId, client?.requestId],
    [names.accountId, record.accountId],
    ...Object.entries(record.details ?? {}),
    [names.sequence, record.sequence],
    [names.id, record.id],
  ];
  return (
    <Facts
      facts={facts
        .filter(([, value]) => value !== undefined && value !== null && value !== '')
        .map(([name, value]) => [name, show(value)] as const)}
    />
  );
}
