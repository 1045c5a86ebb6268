using System.Security.Cryptography;
using System.Text;
using Azure.Data.Tables;
using SecureZoom.Functions.Storage;

namespace SecureZoom.Functions.Revocations;

/// <summary>A row of the list: whose access has ended, or had.</summary>
public sealed record EndedAccess(
    string Id, AccessKind Kind, string Issuer, string Subject, DateTimeOffset At, string Reach, string? Organization, string Reason, string By)
{
    /// <summary>
    /// How long a moment counts, and what is over is remembered: a sign-in lives no longer at the identity provider, and no event comes later.
    /// </summary>
    public static readonly TimeSpan Remember = TimeSpan.FromDays(31);

    /// <summary>An Okta organisation is one customer's, whatever of ours its people sign in to.</summary>
    private const string OktaSource = "okta";

    private const string HoldsProperty = "Holds";
    private const string AtProperty = "At";
    private static readonly char[] Separator = [' '];

    /// <summary>False for what is over, and remembered so that an event from before does not bring it back.</summary>
    public required bool Holds { get; init; }

    private bool IsState => Kind is not (AccessKind.SignedOut or AccessKind.Session);

    /// <summary>One row a kind, person or session, and reach: the same event again finds its own.</summary>
    public static string IdOf(AccessChange change) => Convert.ToHexStringLower(SHA256.HashData(
        Encoding.UTF8.GetBytes($"{change.Kind}\n{change.Reach}\n{change.Issuer}\n{change.Subject}")).AsSpan(0, 16));

    internal static EndedAccess Of(AccessChange change) => new(
        IdOf(change), change.Kind, change.Issuer, change.Subject, change.At, change.Reach, change.Organization, change.Reason, change.By)
    {
        Holds = change.Ends,
    };

    internal static EndedAccess Read(TableEntity row) => new(
        row.RowKey,
        Enum.Parse<AccessKind>(row.GetString(nameof(Kind))),
        row.GetString(nameof(Issuer)),
        row.GetString(nameof(Subject)),
        row.GetDateTimeOffset(AtProperty)!.Value,
        row.GetString(nameof(Reach)),
        row.GetString(nameof(Organization)),
        row.GetString(nameof(Reason)),
        row.GetString(nameof(By)))
    {
        Holds = row.GetBoolean(HoldsProperty) == true,
    };

    /// <param name="now">From when what goes by itself is remembered.</param>
    internal TableEntity ToRow(DateTimeOffset now) => new()
    {
        RowKey = Id,
        [nameof(Kind)] = Kind.ToString(),
        [nameof(Issuer)] = Issuer,
        [nameof(Subject)] = Subject,
        [AtProperty] = At,
        [nameof(Reach)] = Reach,
        [nameof(Organization)] = Organization,
        [nameof(Reason)] = Reason,
        [nameof(By)] = By,
        [HoldsProperty] = Holds,
        // Whose account is gone cannot sign in again, and no sign-in lives longer.
        [CachedPartition.KeepUntil] = Holds && IsState && Kind != AccessKind.Deleted ? null : now + Remember,
    };

    /// <summary>Whether it can be what administrators end: a moment in one organisation, for whose tokens alone it counts.</summary>
    internal bool IsByHand => !IsState && Reach == Organization;

    /// <summary>
    /// Whether it is an organisation's to lift: what counts there alone, or what its own Okta has ended. What counts in others, too, is not.
    /// </summary>
    internal bool MayBeLiftedBy(string organization) => Organization == organization && (Reach == organization || By == OktaSource);

    /// <summary>Whether a token is one of those that are meant.</summary>
    internal bool Refuses(AccessToCheck token) =>
        Holds
        && Issuer == token.Issuer
        && Subject == (Kind == AccessKind.Session ? token.Session : token.Subject)
        && (Reach == AccessChange.Everywhere || (token.Organization is { } id && Reach.Split(Separator).Contains(id, StringComparer.Ordinal)))
        // Whoever does not say when they signed in did so before any moment.
        && (Kind != AccessKind.SignedOut || !(token.SignedInAt >= At));
}
