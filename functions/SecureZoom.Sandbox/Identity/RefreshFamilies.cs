using System.Collections.Concurrent;

namespace SecureZoom.Sandbox.Identity;

/// <summary>
/// Which token of a family (an authorization code and the refresh tokens that followed it) may be used next.
/// Whoever uses another one, an old one, ends the family: one of two holders has stolen it.
/// </summary>
internal sealed class RefreshFamilies
{
    private const string Revoked = "";

    private readonly ConcurrentDictionary<string, string> _current = new();
    private readonly ConcurrentDictionary<string, long> _ended = new();

    /// <summary>Uses a token up. A family that is not known yet, as after a restart, begins with the token shown.</summary>
    /// <param name="family">The family's id.</param>
    /// <param name="rotation">The token's id within the family.</param>
    /// <param name="next">The id of the token that follows it.</param>
    /// <returns>False when the token was used before, or its family has ended.</returns>
    public bool TryUse(string family, string rotation, string next) =>
        _current.AddOrUpdate(family, next, (_, current) => current == rotation ? next : Revoked) == next;

    /// <summary>Ends all families of somebody's sign-ins so far.</summary>
    public void RevokeAll(Account account, long now) => _ended[account.Subject] = now;

    /// <summary>Whether all families of that sign-in were ended.</summary>
    public bool HasEnded(Account account, SignIn signIn) => _ended.TryGetValue(account.Subject, out var at) && signIn.At <= at;

    /// <summary>Ends a family.</summary>
    public void Revoke(string family) => _current[family] = Revoked;
}
