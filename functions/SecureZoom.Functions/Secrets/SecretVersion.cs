namespace SecureZoom.Functions.Secrets;

/// <summary>One enabled version of a secret.</summary>
/// <param name="Value">The secret itself: never logged, never answered.</param>
/// <param name="CreatedOn">When it was made; null where the source does not know.</param>
public sealed record SecretVersion(string Value, DateTimeOffset? CreatedOn = null)
{
    public override string ToString() => nameof(SecretVersion);
}
