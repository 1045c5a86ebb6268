import type { AuditLine, AuditRecord } from '../api/types';
import { isRecord } from '../format/isRecord';

type Part = AuditLine['parts'][number];

/** A line of an export, of which one record is answered, as lists have it: people and texts stand in their places again. */
export function recordOf(answer: AuditLine | AuditRecord): AuditRecord {
  if ('sequence' in answer) return answer;
  const { parts, actor, target, meeting, reason, details } = answer;
  const person = personAt(parts, actor.person);
  const [number, why] = [put(meeting, parts), put(reason, parts)];
  const withoutNothing = (members: object) =>
    Object.fromEntries(Object.entries(members).filter(([, value]) => value !== undefined && value !== null));
  return {
    sequence: answer.index + 1,
    id: answer.id,
    occurredAt: answer.occurredAt,
    recordedAt: answer.recordedAt,
    organization: answer.organization,
    actor: {
      type: actor.type,
      ...withoutNothing({
        issuer: person?.issuer,
        subject: person?.subject,
        name: person?.name ?? actor.name,
        email: person?.email,
        department: person?.department,
        organizationName: actor.organizationName,
        erased: actor.person !== undefined && parts[actor.person] === null ? true : undefined,
      }),
    },
    action: answer.action,
    outcome: answer.outcome,
    source: answer.source,
    sentence: answer.sentence,
    ...(target
      ? {
          target: {
            type: target.type,
            ...withoutNothing({ id: put(target.id, parts), name: put(target.name, parts) }),
          },
        }
      : {}),
    ...(typeof number === 'string' ? { meeting: number } : {}),
    ...(typeof why === 'string' ? { reason: why } : {}),
    ...(answer.accountId ? { accountId: answer.accountId } : {}),
    ...(answer.operation ? { operation: answer.operation } : {}),
    ...((person?.ip ?? person?.userAgent ?? answer.requestId)
      ? {
          client: withoutNothing({
            ip: person?.ip,
            userAgent: person?.userAgent,
            requestId: answer.requestId,
          }),
        }
      : {}),
    ...(isRecord(details) ? { details: put(details, parts) as Record<string, unknown> } : {}),
  };
}

function personAt(parts: readonly Part[], index: number | undefined) {
  const part = index === undefined ? undefined : parts[index];
  return part && !('text' in part) ? part : undefined;
}

/** `{"person": n}` and `{"text": n}` by what they stand for; null where that is withheld. */
function put(value: unknown, parts: readonly Part[]): unknown {
  if (Array.isArray(value)) return value.map((one) => put(one, parts));
  if (!isRecord(value)) return value;
  const { text, at, person } = value;
  if (typeof text === 'number') {
    const part = parts[text];
    const chosen = part && 'text' in part ? part.text : undefined;
    return (Array.isArray(chosen) ? chosen[Number(at)] : chosen) ?? null;
  }
  const isPerson = typeof person === 'number';
  const members = Object.entries(value).filter(([name]) => !(isPerson && name === 'person'));
  const others = Object.fromEntries(members.map(([name, one]) => [name, put(one, parts)]));
  if (!isPerson) return others;
  const detail = personAt(parts, person)?.detail;
  if (isRecord(detail)) return { ...detail, ...others };
  return detail ?? (members.length > 0 ? others : null);
}
