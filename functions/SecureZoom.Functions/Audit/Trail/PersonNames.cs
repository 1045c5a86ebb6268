using System.Collections.Concurrent;
using System.Security.Cryptography;
using System.Text;
using Azure;
using Azure.Data.Tables;
using SecureZoom.Functions.Audit.Recording;
using SecureZoom.Functions.Authorization;

namespace SecureZoom.Functions.Audit.Trail;

/// <summary>
/// Whose a display name is in an organisation: the person's who first signed in under it. Everybody else who goes by it, whatever they
/// themselves or Zoom say, is somebody who calls themselves so.
/// </summary>
/// <remarks>
/// A row in the trail's partition for each name, <c>n:{SHA-256}</c> of its letters and digits, in capitals, in <see cref="AuditTrail.TableName"/>.
/// </remarks>
public sealed class PersonNames(TableServiceClient tables)
{
    private const string Prefix = "n:";
    private const string PersonColumn = "Person";
    private const string EmailColumn = "Email";
    private const int MaxKnown = 100_000;
    private const int Conflict = 409;
    private const int NotFound = 404;
    private const string Participant = "participant";
    private const string System = "system";
    private const string User = "user";

    private readonly TableClient _table = tables.GetTableClient(AuditTrail.TableName);
    private readonly ConcurrentDictionary<(string Organization, string Key), Owner> _known = new();

    /// <summary>Those of the events whose actor goes by another person's name.</summary>
    internal async Task<IReadOnlySet<AuditEvent>> FindNamesakesAsync(
        string organization, IReadOnlyList<AuditEvent> events, CancellationToken cancellationToken)
    {
        var namesakes = new HashSet<AuditEvent>(ReferenceEqualityComparer.Instance);
        foreach (var auditEvent in events.Where(one => one.Actor is { Name.Length: > 0, Type: not System }))
        {
            if (await FindOwnerAsync(organization, auditEvent.Actor, cancellationToken) is { } owner && !owner.Is(Owner.Of(auditEvent.Actor)))
            {
                namesakes.Add(auditEvent);
            }
        }

        return namesakes;
    }

    /// <returns>Whose name it is; null while it is nobody's.</returns>
    private async Task<Owner?> FindOwnerAsync(string organization, AuditActor actor, CancellationToken cancellationToken)
    {
        var key = KeyOf(actor.Name!);
        if (_known.TryGetValue((organization, key), out var known))
        {
            return known;
        }

        var owner = await ReadAsync(organization, key, cancellationToken)
            ?? (actor.Type == User ? await ClaimAsync(organization, key, Owner.Of(actor), cancellationToken) : null);
        if (owner is not null)
        {
            if (_known.Count >= MaxKnown)
            {
                _known.Clear();
            }

            _known[(organization, key)] = owner;
        }

        return owner;
    }

    private async Task<Owner?> ReadAsync(string organization, string key, CancellationToken cancellationToken)
    {
        var row = await _table.GetEntityIfExistsAsync<TableEntity>(organization, key, cancellationToken: cancellationToken);
        return row.HasValue ? new Owner(Text(row.Value!, PersonColumn), Text(row.Value!, EmailColumn)) : null;
    }

    private async Task<Owner?> ClaimAsync(string organization, string key, Owner owner, CancellationToken cancellationToken)
    {
        try
        {
            await _table.AddEntityAsync(
                new TableEntity(organization, key) { [PersonColumn] = owner.Person, [EmailColumn] = owner.Email }, cancellationToken);
            return owner;
        }
        catch (RequestFailedException exception) when (exception.Status == Conflict)
        {
            return await ReadAsync(organization, key, cancellationToken);
        }
        catch (RequestFailedException exception) when (exception.Status == NotFound)
        {
            // No table yet: the first record of all makes it, and the second of this person takes the name.
            return null;
        }
    }

    /// <summary>A column; null also when somebody has put something else there.</summary>
    private static string? Text(TableEntity row, string column) => row.TryGetValue(column, out var value) ? value as string : null;

    private static string KeyOf(string name) => Prefix + Hash(string.Concat(name.Where(char.IsLetterOrDigit)).ToUpperInvariant());

    private static string Hash(string text) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)));

    /// <summary>A person, by what others do not choose: who signed in, or the verified address, as hashes.</summary>
    private sealed record Owner(string? Person, string? Email)
    {
        /// <remarks>Whoever joins tells Zoom what they like: of a participant nothing is known.</remarks>
        public static Owner Of(AuditActor actor) => actor.Type == Participant ? new(null, null) : new(
            actor.Type == User ? Caller.PseudonymOf(actor.Issuer, actor.Subject) : null,
            actor.Email is { } email ? Hash(email.ToUpperInvariant()) : null);

        public bool Is(Owner other) => (Person is not null && Person == other.Person) || (Email is not null && Email == other.Email);
    }
}
