namespace SecureZoom.Sandbox.Identity;

/// <summary>One sign-in: the session that tokens name, and when it began. A refresh changes neither.</summary>
/// <param name="Session">The session's id, <c>sid</c>.</param>
/// <param name="At">When, in whole seconds since 1970.</param>
internal sealed record SignIn(string Session, long At)
{
    public static SignIn Now(TimeProvider time) => new(Guid.NewGuid().ToString("n"), time.GetUtcNow().ToUnixTimeSeconds());
}
