using SecureZoom.Functions.Audit.Recording;
using SecureZoom.Functions.Audit.Trail;

namespace SecureZoom.Functions.Audit.Reading;

/// <summary>Which records of one organisation's trail are asked for.</summary>
/// <param name="From">Recorded at or after this.</param>
/// <param name="To">Recorded before this.</param>
/// <param name="Person">The subject or e-mail address of who did it.</param>
/// <param name="Ip">The address that it came from.</param>
/// <param name="Meeting">A meeting number, also one of several that a record names.</param>
public sealed record AuditQuery(
    string Organization,
    DateTimeOffset? From,
    DateTimeOffset? To,
    string? Action,
    string? Person,
    string? Ip,
    string? Meeting,
    string? Outcome,
    string? Source)
{
    /// <remarks>What cannot be read may be what is asked for, and is never kept back.</remarks>
    internal bool Matches(AuditRecord record) => !record.IsReadable || (
        (From is null || record.RecordedAt >= From)
        && (To is null || record.RecordedAt < To)
        && (Action is null || record.Action == Action)
        && (Person is null || record.Actor.Subject == Person || string.Equals(record.Actor.Email, Person, StringComparison.OrdinalIgnoreCase))
        && (Ip is null || record.Client?.Ip == Ip)
        && (Meeting is null || Denial.MeetingsOf(record.Meeting, record.Details).Contains(Meeting, StringComparer.Ordinal))
        && (Outcome is null || record.Outcome == Outcome)
        && (Source is null || record.Source == Source));
}
