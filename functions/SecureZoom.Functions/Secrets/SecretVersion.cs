namespace SecureZoom.Functions.Secrets;

/// <summary>One enabled version of a secret.</summary>
/// <param name="Value">The secret itself: never logged, never answered.</param>
public sealed record SecretVersion(string Value)
{
    public override string ToString() => nameof(SecretVersion);
}
