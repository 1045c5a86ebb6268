namespace SecureZoom.Functions.Authorization;

/// <summary>What is wrong with an invitation, for whoever holds it: of its meeting they learn nothing.</summary>
internal static class InvitationFaults
{
    /// <summary>It is not ours, or not whole, as after a link that was cut.</summary>
    public const string Damaged = "damaged";

    public const string Expired = "expired";

    public const string NotYours = "not_yours";

    public const string Withdrawn = "withdrawn";

    public static IReadOnlyList<string> All { get; } = [Damaged, Expired, NotYours, Withdrawn];
}
