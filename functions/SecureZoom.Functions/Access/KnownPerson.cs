using System.Globalization;
using System.Text.Json.Nodes;
using SecureZoom.Functions.Audit.Reading;
using SecureZoom.Functions.Audit.Recording;
using SecureZoom.Functions.Audit.Trail;
using SecureZoom.Functions.Identity;
using SecureZoom.Functions.Meetings;

namespace SecureZoom.Functions.Access;

/// <summary>What an organisation's trail and registry know of one of its people.</summary>
internal sealed class KnownPerson(AuditReader trail, MeetingSearch meetings, TimeProvider time)
{
    private const string Signature = "signature.issued";
    private const int MostShown = 100;
    private const int PageSize = 100;

    /// <summary>A signature lives no longer.</summary>
    private static readonly TimeSpan Recent = TimeSpan.FromHours(2);

    /// <summary>
    /// Who it is by the newest records of the trail: tokens' own subjects, never what the address alone would say. A subject stands for itself.
    /// </summary>
    /// <returns>Issuer and subject of each; none for an address that the records do not have.</returns>
    public async Task<IReadOnlyList<(string Issuer, string Subject)>> FindAsync(
        string organization, string issuer, string person, CancellationToken cancellationToken)
    {
        if (EmailAddress.Parse(person) is null)
        {
            return [(issuer, person)];
        }

        var records = await ReadAsync(organization, person, action: null, from: null, cancellationToken);
        return [.. records.Where(record => record.Actor is { Type: "user", Issuer: not null, Subject: not null })
            .Select(record => (record.Actor.Issuer!, record.Actor.Subject!)).Distinct()];
    }

    /// <summary>The running meetings that are hosted by an address.</summary>
    public async Task<IReadOnlyList<OpenMeeting>> MeetingsAsync(string organization, IReadOnlyList<EmailAddress> addresses, CancellationToken cancellationToken)
    {
        var open = new List<OpenMeeting>();
        var running = new MeetingQuery(MeetingQuery.Now, From: null, To: null, IsMine: false, Host: null, Text: null);
        string? last = null;
        do
        {
            var page = await meetings.FindAsync(organization, running, last, PageSize, cancellationToken);
            open.AddRange(page.Meetings.Where(meeting => addresses.Any(meeting.IsHost))
                .Select(meeting => new OpenMeeting(meeting.Number.Value, meeting.Snapshot.Topic)));
            last = page.Last;
        }
        while (last is not null && open.Count < MostShown);
        return open;
    }

    /// <summary>The signatures of a subject that are still out, and the addresses that it went by.</summary>
    public async Task<(IReadOnlyList<OpenSignature> Signatures, IReadOnlyList<EmailAddress> Addresses)> SignaturesAsync(
        string organization, string subject, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        var records = await ReadAsync(organization, subject, Signature, now - Recent, cancellationToken);
        var anything = await ReadAsync(organization, subject, action: null, from: null, cancellationToken);
        return (
            [.. records.Select(Read).OfType<OpenSignature>().Where(signature => signature.ExpiresAt > now)],
            [.. anything.Select(record => EmailAddress.Parse(record.Actor.Email)).OfType<EmailAddress>().Distinct()]);
    }

    private static OpenSignature? Read(AuditRecord record) =>
        record.Meeting is { } meeting
        && DateTimeOffset.TryParse(record.Details?["expiresAt"]?.ToString(), CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var expires)
            ? new OpenSignature(meeting, record.Details?["role"] is JsonValue role && role.ToString() == "1" ? 1 : 0, expires)
            : null;

    private async Task<IReadOnlyList<AuditRecord>> ReadAsync(
        string organization, string person, string? action, DateTimeOffset? from, CancellationToken cancellationToken)
    {
        var query = new AuditQuery(organization, from, To: null, action, person, Ip: null, Meeting: null, Outcome: null, Source: null);
        var (records, _) = await trail.ReadAsync(query, before: null, MostShown, cancellationToken);
        return [.. records.Where(record => record.IsReadable)];
    }
}
