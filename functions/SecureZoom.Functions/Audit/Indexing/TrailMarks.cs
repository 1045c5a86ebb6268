using System.Globalization;
using SecureZoom.Functions.Audit.Recording;
using SecureZoom.Functions.Audit.Trail;
using SecureZoom.Functions.Authorization;
using SecureZoom.Functions.Secrets;

namespace SecureZoom.Functions.Audit.Indexing;

/// <summary>What stands for names of people, and for addresses of the network, in an organisation's index: eight bytes of a MAC each, which confirm no guess.</summary>
internal sealed class TrailMarks(StableMac mac, string organization)
{
    private const int Digits = 16;

    /// <summary>How many are remembered: those of one trail come again and again, and strangers choose some of them.</summary>
    private const int MostKnown = 4_096;

    private readonly Dictionary<(string Kind, string Text), ulong> _known = [];

    public static async Task<TrailMarks> OpenAsync(SecretStore secrets, string organization, CancellationToken cancellationToken) =>
        new(await MacAsync(secrets, cancellationToken), organization);

    /// <summary>What the rows of the index are under.</summary>
    public static ValueTask<StableMac> MacAsync(SecretStore secrets, CancellationToken cancellationToken) => StableMac.OpenAsync(secrets, "trail-index", cancellationToken);

    /// <summary>Of any name of a person: an address, a subject, a pseudonym, a key.</summary>
    public ulong OfName(string name) => Of("name", name.Trim().ToLowerInvariant());

    public ulong OfIp(string ip) => Of("ip", ip);

    /// <summary>Whoever a record is of, by every name that it has of them: who did it, and whom an identity provider acted on.</summary>
    public HashSet<ulong> OfPeople(AuditRecord record)
    {
        var target = record.Details?["target"];
        var actor = record.Actor.Type is AuditActorTypes.System or AuditActorTypes.Unknown || record.Actor.Erased is true ? null : record.Actor;
        string?[] names =
        [
            .. actor is null ? [] : NamesOf(actor),
            .. record.Source is AuditSources.Okta or AuditSources.Auth0 ? (string?[])[target?["email"]?.ToString(), target?["subject"]?.ToString()] : [],
        ];
        return [.. names.OfType<string>().Where(name => name.Length > 0).Select(OfName)];
    }

    /// <summary>The names that one record ties together, as only our own of somebody who has signed in does; none of any other.</summary>
    public HashSet<ulong> Linked(AuditRecord record) =>
        record is { Source: AuditSources.App, Actor: { Type: AuditActorTypes.User, Issuer: not null, Subject: not null, Erased: not true } actor }
            ? [.. NamesOf(actor).OfType<string>().Select(OfName)]
            : [];

    private static string?[] NamesOf(AuditActor actor) =>
    [
        Person.Of(actor, client: null, isNamesake: false).Key,
        actor.Email,
        actor.Subject,
        .. actor is { Issuer: { } issuer, Subject: { } subject } ? (string?[])[$"{issuer}|{subject}", Caller.PseudonymOf(issuer, subject)] : [],
    ];

    private ulong Of(string kind, string text)
    {
        if (!_known.TryGetValue((kind, text), out var mark))
        {
            if (_known.Count >= MostKnown)
            {
                _known.Clear();
            }

            _known[(kind, text)] = mark = ulong.Parse(mac.Of(kind, organization, text).AsSpan(0, Digits), NumberStyles.HexNumber, CultureInfo.InvariantCulture);
        }

        return mark;
    }
}
