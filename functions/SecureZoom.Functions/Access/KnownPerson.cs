using System.Globalization;
using System.Text.Json.Nodes;
using SecureZoom.Functions.Audit.Reading;
using SecureZoom.Functions.Audit.Recording;
using SecureZoom.Functions.Audit.Trail;
using SecureZoom.Functions.Identity;
using SecureZoom.Functions.Meetings;

namespace SecureZoom.Functions.Access;

/// <summary>What an organisation's trail and registry know of one of its people.</summary>
internal sealed class KnownPerson(AuditReader reader, AuditTrail trail, MeetingSearch meetings, TimeProvider time)
{
    private const int MostShown = 100;
    private const int MostPages = 5;
    private const int PageSize = 100;

    /// <summary>How far an address is looked for: so many pages of so many of its records.</summary>
    private const int MostSearched = 10;
    private const int SearchSize = 500;

    /// <summary>How many records may speak for one person.</summary>
    private const int Witnesses = 3;

    /// <summary>A signature lives no longer.</summary>
    private static readonly TimeSpan Recent = TimeSpan.FromHours(2);

    /// <summary>
    /// Who it is by the newest records of the trail: tokens' own subjects, never what the address alone would say, nor what an identity provider
    /// tells, which may be what somebody typed, nor a record that is not ours. A subject stands for itself.
    /// </summary>
    /// <returns>Issuer and subject of each, and whether there are records that were not looked through; none for an address that the records do not have.</returns>
    public async Task<(IReadOnlyList<(string Issuer, string Subject)> Known, bool IsPartial)> FindAsync(
        string organization, string issuer, string person, CancellationToken cancellationToken)
    {
        if (EmailAddress.Parse(person) is null)
        {
            return ([(issuer, person)], false);
        }

        var address = EmailAddress.Parse(person);
        var (records, isWhole) = await ReadAsync(
            organization,
            person,
            action: null,
            from: null,
            actor => actor is { Type: AuditActorTypes.User, Issuer: not null, Subject: not null } && EmailAddress.Parse(actor.Email) == address,
            most: int.MaxValue,
            MostSearched,
            SearchSize,
            cancellationToken);
        var known = new List<(string, string)>();
        foreach (var one in records.GroupBy(record => (record.Actor.Issuer!, record.Actor.Subject!)))
        {
            if (await one.Take(Witnesses).ToAsyncEnumerable().AnyAsync((record, token) => IsOwnAsync(organization, record, token), cancellationToken))
            {
                known.Add(one.Key);
            }
        }

        return (known, !isWhole);
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
        var records = await ReadAsync(organization, subject, AuditActions.SignatureIssued, now - Recent, actor => actor.Subject == subject, cancellationToken);
        var anything = await ReadAsync(organization, subject, action: null, from: null, actor => actor.Subject == subject, cancellationToken);
        return (
            [.. records.Select(Read).OfType<OpenSignature>().Where(signature => signature.ExpiresAt > now)],
            [.. anything.Select(record => EmailAddress.Parse(record.Actor.Email)).OfType<EmailAddress>().Distinct()]);
    }

    /// <summary>Whether we have written it: whoever can write to the table has no say in whose access ends.</summary>
    private async ValueTask<bool> IsOwnAsync(string organization, AuditRecord record, CancellationToken cancellationToken)
    {
        try
        {
            return await trail.ReadOwnAsync(organization, record.Sequence, cancellationToken, record.Sequence).AnyAsync(cancellationToken);
        }
        catch (TrailDamagedException)
        {
            return false;
        }
    }

    private static OpenSignature? Read(AuditRecord record) =>
        record.Meeting is { } meeting
        && DateTimeOffset.TryParse(record.Details?["expiresAt"]?.ToString(), CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var expires)
            ? new OpenSignature(meeting, record.Details?["role"] is JsonValue role && role.ToString() == "1" ? 1 : 0, expires)
            : null;

    /// <summary>The newest records of what a person did here, a few pages back at the most.</summary>
    /// <param name="isTheirs">The trail finds a person by all their names, and whom somebody acted on: who of them did it is for the caller to say.</param>
    private async Task<IReadOnlyList<AuditRecord>> ReadAsync(
        string organization, string person, string? action, DateTimeOffset? from, Func<AuditActor, bool> isTheirs, CancellationToken cancellationToken) =>
        [.. (await ReadAsync(organization, person, action, from, isTheirs, MostShown, MostPages, PageSize, cancellationToken)).Found.Take(MostShown)];

    /// <returns>Them, and whether there are no more.</returns>
    private async Task<(IReadOnlyList<AuditRecord> Found, bool IsWhole)> ReadAsync(
        string organization,
        string person,
        string? action,
        DateTimeOffset? from,
        Func<AuditActor, bool> isTheirs,
        int most,
        int pages,
        int atOnce,
        CancellationToken cancellationToken)
    {
        var query = new AuditQuery(organization, from, To: null, action, person, Ip: null, Meeting: null, Outcome: null, AuditSources.App);
        var (found, before) = (new List<AuditRecord>(), (long?)null);
        for (var page = 1; page <= pages && found.Count < most; page++)
        {
            var next = await reader.ReadAsync(query, before, atOnce, cancellationToken);
            found.AddRange(next.Records.Where(record => record.IsReadable && isTheirs(record.Actor)));
            if ((before = next.Before) is null)
            {
                return (found, true);
            }
        }

        return (found, false);
    }
}
