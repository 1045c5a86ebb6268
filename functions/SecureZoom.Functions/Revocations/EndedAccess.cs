using Azure.Data.Tables;
using SecureZoom.Functions.Identity;
using SecureZoom.Functions.Storage;

namespace SecureZoom.Functions.Revocations;

/// <summary>A row of the list: whose access has ended, or had.</summary>
public sealed record EndedAccess(
    string Id, EndedAccessKind Kind, string Issuer, string Subject, DateTimeOffset At, string Reach, string? Organization, string Reason, string By)
{
    /// <summary>
    /// How long a moment counts, and what is over is remembered: a sign-in lives no longer at the identity provider, and no event comes later.
    /// </summary>
    public static readonly TimeSpan Remember = TimeSpan.FromDays(31);

    /// <summary>An Okta organisation is one customer's, whatever of ours its people sign in to.</summary>
    private const string OktaSource = "okta";

    /// <summary>Whether an Okta has ended it, of whose connection nobody else's people are.</summary>
    internal bool IsOfOkta => By == OktaSource && Reach == EndedAccessChange.Everywhere;

    private const string HoldsProperty = "Holds";
    private const string AtProperty = "At";

    /// <summary>Between the organisations of a reach; none has it in its id.</summary>
    internal const char Separator = ' ';

    /// <summary>False for what is over, and remembered so that an event from before does not bring it back.</summary>
    public required bool Holds { get; init; }

    /// <inheritdoc cref="EndedAccessChange.With"/>
    public string? With { get; init; }

    internal bool IsState => Kind is EndedAccessKind.Suspended or EndedAccessKind.Deactivated or EndedAccessKind.Deleted or EndedAccessKind.Blocked;

    /// <summary>Who takes its place in the list: the organisation that it is of, else those that its source speaks for.</summary>
    internal string Holder => Organization ?? Reach;

    /// <summary>The trail that it is in; where it is no organisation's, that of what is nobody's.</summary>
    internal string Trail => Organization ?? OrganizationId.Unassigned;

    internal static EndedAccess Of(EndedAccessChange change, EndedAccessId ids) => new(
        ids.Of(change), change.Kind, change.Issuer, change.Subject, change.At, change.Reach, change.Organization, change.Reason, change.By)
    {
        Holds = change.Ends,
        With = change.With,
    };

    /// <summary>As a change of its time.</summary>
    internal EndedAccessChange ToChange() => new(Kind, Holds, Issuer, Subject, At) { Reach = Reach, Organization = Organization, Reason = Reason, By = By, With = With };

    /// <summary>Whether a row of the list is one.</summary>
    internal static bool IsOne(TableEntity row) => row.ContainsKey(nameof(Kind));

    internal static EndedAccess Read(TableEntity row) => new(
        row.RowKey,
        Enum.Parse<EndedAccessKind>(row.GetString(nameof(Kind))),
        row.GetString(nameof(Issuer)),
        row.GetString(nameof(Subject)),
        row.GetDateTimeOffset(AtProperty)!.Value,
        row.GetString(nameof(Reach)),
        row.GetString(nameof(Organization)),
        row.GetString(nameof(Reason)),
        row.GetString(nameof(By)))
    {
        Holds = row.GetBoolean(HoldsProperty) == true,
        With = row.GetString(nameof(With)),
    };

    /// <param name="keepUntil">When it may go, if it goes by itself.</param>
    internal TableEntity ToRow(DateTimeOffset keepUntil) => new()
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
        [nameof(With)] = With,
        // Whose account is gone cannot sign in again, and no sign-in lives longer. Any other state may end only by its opposite.
        [CachedPartition.KeepUntil] = Holds && IsState && Kind != EndedAccessKind.Deleted ? null : keepUntil,
    };

    /// <summary>Whether nothing is lost with it: a moment or a session that was lifted. A late event of it would at most ask somebody to sign in once more.</summary>
    internal bool IsOver => !Holds && Kind is (EndedAccessKind.SignedOut or EndedAccessKind.Session);

    /// <summary>Whether it can be what administrators end: a moment in one organisation, for whose tokens alone it counts.</summary>
    internal bool IsByHand => Kind is EndedAccessKind.SignedOut or EndedAccessKind.Session && Reach == Organization;

    /// <summary>
    /// Whether it is an organisation's to lift: what counts there alone, or what its own Okta has ended. What counts in others, too, is not.
    /// </summary>
    internal bool MayBeLiftedBy(string organization) => Kind != EndedAccessKind.Everybody && Organization == organization && (Reach == organization || By == OktaSource);

    /// <summary>Whether it is lifted by an id: its own, or the one of the call that ended it.</summary>
    internal bool IsLiftedBy(string id) => Id == id || With == id;

    /// <summary>Whether a token is one of those that are meant.</summary>
    internal bool Refuses(TokenToCheck token) =>
        Holds
        && Issuer == token.Issuer
        && IsOf(token)
        && (Reach == EndedAccessChange.Everywhere || (token.Organization is { } id && Reach.Split(Separator).Contains(id, StringComparer.Ordinal)))
        // Whoever does not say when they signed in did so before any moment.
        && (Kind is not (EndedAccessKind.SignedOut or EndedAccessKind.Everybody) || !(token.SignedInAt >= At));

    private bool IsOf(TokenToCheck token) => Kind switch
    {
        EndedAccessKind.Session => Subject == token.Session,
        EndedAccessKind.Everybody => token.Subject.StartsWith(Subject, StringComparison.Ordinal),
        _ => Subject == token.Subject,
    };
}
