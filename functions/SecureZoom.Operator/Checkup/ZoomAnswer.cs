namespace SecureZoom.Operator.Checkup;

/// <summary>What Zoom's token endpoint answers to an account's credentials.</summary>
/// <param name="Token">Null where there is none.</param>
/// <param name="Date">What time it is there.</param>
/// <param name="Scopes">What the token allows.</param>
/// <param name="Problem">Why there is no token.</param>
internal sealed record ZoomAnswer(string? Token, DateTimeOffset? Date, IReadOnlyList<string> Scopes, string? Problem)
{
    public override string ToString() => nameof(ZoomAnswer);
}
