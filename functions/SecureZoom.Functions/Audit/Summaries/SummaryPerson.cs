using System.Globalization;
using SecureZoom.Functions.Audit.Recording;
using SecureZoom.Functions.Audit.Trail;
using SecureZoom.Functions.Secrets;

namespace SecureZoom.Functions.Audit.Summaries;

/// <summary>Whom a record is about, as summaries call them.</summary>
/// <param name="Key">One key, whatever they are called (<see cref="Person.Key"/>).</param>
/// <param name="Name">As a verified sign-in or an identity provider said; null of whoever says so themselves.</param>
/// <param name="IsClaimed">Whether nobody but themselves says who they are, as in a meeting: they are counted apart from whoever is.</param>
internal sealed record SummaryPerson(string Key, string? Name, bool IsClaimed = false)
{
    private const int MaxKey = 320;
    private const int MaxName = 100;
    private const int MacDigits = 16;

    /// <summary>Who did it; null where nobody is named, or not any more.</summary>
    /// <remarks>Whoever came into a meeting by a signature of ours has its pseudonym there; what else they say of themselves counts where they have none.</remarks>
    public static SummaryPerson? OfActor(AuditRecord record, SummaryState state)
    {
        var actor = record.Actor;
        if (actor.Type is AuditActorTypes.System or AuditActorTypes.Operator or AuditActorTypes.Unknown || actor.Erased is true)
        {
            return null;
        }

        var isOwn = actor.Type == AuditActorTypes.User;
        var key = isOwn ? null : state.KeyOfPseudonym(actor.Subject, record.RecordedAt);
        return Of(key ?? Person.Of(actor, client: null, isNamesake: false).Key, isOwn ? actor.Name : null, isClaimed: actor.Type == AuditActorTypes.Participant && key is null);
    }

    /// <summary>Whom an identity provider acted on, else who did it.</summary>
    public static SummaryPerson? OfTarget(AuditRecord record, SummaryState state)
    {
        var target = record.Details?["target"];
        // A subject is one in its own letters only.
        return Of(Person.KeyOf(target?["email"]?.ToString()) ?? (target?["subject"]?.ToString() is { Length: > 0 } subject ? subject : null), name: null)
            ?? OfActor(record, state);
    }

    /// <summary>What stands for somebody among others: eight bytes of a MAC.</summary>
    public static ulong MacOf(StableMac mac, string organization, string key, bool isClaimed) =>
        ulong.Parse(mac.Of(isClaimed ? "participant" : "person", organization, key).AsSpan(0, MacDigits), NumberStyles.HexNumber, CultureInfo.InvariantCulture);

    private static SummaryPerson? Of(string? key, string? name, bool isClaimed = false) =>
        key is { Length: <= MaxKey } ? new SummaryPerson(key, name is null ? null : AuditLimits.Cut(name, MaxName), isClaimed) : null;
}
