namespace SecureZoom.Functions.Audit.Summaries;

/// <summary>Why somebody should look at a person: <c>docs/events.md</c> says what each of them is.</summary>
internal static class AttentionCodes
{
    public const string Locked = "locked";
    public const string SuccessAfterFailures = "success_after_failures";
    public const string FactorDeniedRepeatedly = "factor_denied_repeatedly";
    public const string RefusedAfterSignIn = "refused_after_sign_in";
    public const string JoinedWithoutSignIn = "joined_without_sign_in";
    public const string OtherNetwork = "other_network";
}
