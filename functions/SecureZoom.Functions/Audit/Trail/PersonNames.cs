using System.Collections.Concurrent;
using System.Security.Cryptography;
using System.Text;
using Azure;
using Azure.Data.Tables;
using SecureZoom.Functions.Audit.Recording;
using SecureZoom.Functions.Secrets;

namespace SecureZoom.Functions.Audit.Trail;

/// <summary>
/// Whose a display name is in an organisation: the person's who first signed in under it. Everybody else who goes by it, whatever they
/// themselves or Zoom say, is somebody who calls themselves so.
/// </summary>
/// <remarks>
/// A row in the trail's partition for each name, <c>n:{MAC}</c> of its letters and digits, in capitals, in <see cref="AuditTrail.TableName"/>.
/// Under the same key (<see cref="StableMac"/>) the row says whose it is, so that no guess can be confirmed by it, and is sealed, so that
/// nobody can be made a namesake: a row that is not ours is claimed anew.
/// </remarks>
public sealed class PersonNames(TableServiceClient tables, SecretStore secrets)
{
    private const string Prefix = "n:";
    private const string PersonColumn = "Person";
    private const string EmailColumn = "Email";
    private const string MacColumn = "Mac";
    private const string Label = "person-name";
    private const int MaxKnown = 100_000;
    private const int Conflict = 409;
    private const int NotFound = 404;
    private const int PreconditionFailed = 412;

    private readonly TableClient _table = tables.GetTableClient(AuditTrail.TableName);
    private readonly ConcurrentDictionary<(string Organization, string Key), Owner> _known = new();

    /// <summary>Those of the events whose actor goes by another person's name.</summary>
    internal async Task<IReadOnlySet<AuditEvent>> FindNamesakesAsync(
        string organization, IReadOnlyList<AuditEvent> events, CancellationToken cancellationToken)
    {
        var mac = await StableMac.OpenAsync(secrets, Label, cancellationToken);
        var namesakes = new HashSet<AuditEvent>(ReferenceEqualityComparer.Instance);
        foreach (var auditEvent in events.Where(one => one.Actor is { Name.Length: > 0, Type: not AuditActorTypes.System }))
        {
            if (await FindOwnerAsync(mac, organization, auditEvent.Actor, cancellationToken) is { } owner && !owner.Is(Owner.Of(auditEvent.Actor, mac)))
            {
                namesakes.Add(auditEvent);
            }
        }

        return namesakes;
    }

    /// <returns>Whose name it is; null while it is nobody's.</returns>
    private async Task<Owner?> FindOwnerAsync(StableMac mac, string organization, AuditActor actor, CancellationToken cancellationToken)
    {
        var key = KeyOf(actor.Name!, mac);
        if (_known.TryGetValue((organization, key), out var known))
        {
            return known;
        }

        var (owner, etag) = await ReadAsync(mac, organization, key, cancellationToken);
        owner ??= actor.Type == AuditActorTypes.User ? await ClaimAsync(mac, organization, key, Owner.Of(actor, mac), etag, cancellationToken) : null;
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

    /// <returns>Whose it is by a row that is ours; and the row's tag, where there is one.</returns>
    private async Task<(Owner? Owner, ETag? Tag)> ReadAsync(StableMac mac, string organization, string key, CancellationToken cancellationToken)
    {
        var row = await _table.GetEntityIfExistsAsync<TableEntity>(organization, key, cancellationToken: cancellationToken);
        if (!row.HasValue)
        {
            return (null, null);
        }

        var owner = new Owner(Text(row.Value!, PersonColumn), Text(row.Value!, EmailColumn));
        var isOurs = CryptographicOperations.FixedTimeEquals(
            Encoding.UTF8.GetBytes(owner.Seal(mac, organization, key)), Encoding.UTF8.GetBytes(Text(row.Value!, MacColumn) ?? ""));
        return (isOurs ? owner : null, row.Value!.ETag);
    }

    /// <param name="wrong">The tag of the row in this place that is not ours.</param>
    private async Task<Owner?> ClaimAsync(
        StableMac mac, string organization, string key, Owner owner, ETag? wrong, CancellationToken cancellationToken)
    {
        try
        {
            var row = new TableEntity(organization, key)
            {
                [PersonColumn] = owner.Person,
                [EmailColumn] = owner.Email,
                [MacColumn] = owner.Seal(mac, organization, key),
            };
            await (wrong is { } tag
                ? _table.UpdateEntityAsync(row, tag, TableUpdateMode.Replace, cancellationToken)
                : _table.AddEntityAsync(row, cancellationToken));
            return owner;
        }
        catch (RequestFailedException exception) when (exception.Status is Conflict or PreconditionFailed)
        {
            return (await ReadAsync(mac, organization, key, cancellationToken)).Owner;
        }
        catch (RequestFailedException exception) when (exception.Status == NotFound)
        {
            // No table yet: the first record of all makes it, and the second of this person takes the name.
            return null;
        }
    }

    /// <summary>A column; null also when somebody has put something else there.</summary>
    private static string? Text(TableEntity row, string column) => row.TryGetValue(column, out var value) ? value as string : null;

    private static string KeyOf(string name, StableMac mac) =>
        Prefix + mac.Of("name", string.Concat(name.Where(char.IsLetterOrDigit)).ToUpperInvariant());

    /// <summary>A person, by what others do not choose: who signed in, or the verified address, as MACs.</summary>
    private sealed record Owner(string? Person, string? Email)
    {
        /// <remarks>Whoever joins tells Zoom what they like: of a participant nothing is known.</remarks>
        public static Owner Of(AuditActor actor, StableMac mac) => actor.Type == AuditActorTypes.Participant ? new(null, null) : new(
            actor.Type == AuditActorTypes.User ? mac.Of("person", actor.Issuer, actor.Subject) : null,
            actor.Email is { } email ? mac.Of("email", email.ToUpperInvariant()) : null);

        public string Seal(StableMac mac, string organization, string key) => mac.Of("row", organization, key, Person, Email);

        public bool Is(Owner other) => (Person is not null && Person == other.Person) || (Email is not null && Email == other.Email);
    }
}
