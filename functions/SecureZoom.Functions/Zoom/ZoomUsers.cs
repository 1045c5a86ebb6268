using SecureZoom.Functions.Caching;

namespace SecureZoom.Functions.Zoom;

/// <summary>The addresses of Zoom's users, whom its events name by ids that say nothing to a reader, nor whose they are.</summary>
/// <remarks>Zoom is asked, off every request's path, and what it says is gone by for <see cref="Age"/>, also that it says nothing.</remarks>
public sealed class ZoomUsers(ZoomCalls calls, TimeProvider time)
{
    /// <summary>The most users at hand.</summary>
    private const int Most = 10_000;

    /// <summary>Zoom's own have 22 characters.</summary>
    private const int MaxId = 64;

    private static readonly TimeSpan Age = TimeSpan.FromMinutes(10);
    private static readonly ZoomUser Nobody = new(Email: null);

    private readonly RecentValues<(string AccountId, string UserId), ZoomUser> _users = new(Most, Age, time);

    /// <summary>A user's address; null where the account has no such user, or the app is not allowed to read users.</summary>
    /// <exception cref="ZoomException">Zoom does not answer, or not now.</exception>
    internal async Task<string?> FindAddressAsync(ZoomAccount account, string? id, CancellationToken cancellationToken)
    {
        if (id is not { Length: > 0 and <= MaxId } || !id.All(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_'))
        {
            return null;
        }

        var key = (account.AccountId, id);
        return (_users.Find(key) ?? await _users.FetchAsync(key, () => AskAsync(account, id, CancellationToken.None), cancellationToken))?.Email;
    }

    private async Task<ZoomUser?> AskAsync(ZoomAccount account, string id, CancellationToken cancellationToken)
    {
        try
        {
            return await calls.WithinAsync(
                limited => calls.SendAsync(account, HttpMethod.Get, $"users/{id}", null, ZoomJson.Default.ZoomUser, limited), cancellationToken);
        }
        catch (ZoomException exception) when (exception.Error is ZoomError.NotFound or ZoomError.Refused || exception.LacksScope)
        {
            return Nobody;
        }
    }
}
