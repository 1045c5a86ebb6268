using System.Collections.Concurrent;

namespace SecureZoom.Sandbox.Zoom;

/// <summary>The users of the Zoom account.</summary>
internal sealed class ZoomUsers
{
    private readonly ConcurrentDictionary<string, ZoomUser> _elsewhere = new();

    /// <summary>The user with this id or address; null when there is none.</summary>
    public ZoomUser? Find(string idOrEmail) =>
        ZoomUser.All.FirstOrDefault(user => user.Id == idOrEmail || user.Email.Equals(idOrEmail, StringComparison.OrdinalIgnoreCase))
        ?? _elsewhere.GetValueOrDefault(idOrEmail) ?? FindElsewhere(idOrEmail);

    /// <summary>Tests let the same people work for organisations of their own, in domains that can be nobody's (RFC 2606).</summary>
    private ZoomUser? FindElsewhere(string email)
    {
        if (!email.EndsWith(".test", StringComparison.OrdinalIgnoreCase)
            || ZoomUser.All.FirstOrDefault(user => user.Email.Split('@')[0].Equals(email.Split('@')[0], StringComparison.OrdinalIgnoreCase)) is not { } known)
        {
            return null;
        }

        var user = known with { Email = email.ToLowerInvariant() };
        return _elsewhere.GetOrAdd(user.Id, user);
    }
}
