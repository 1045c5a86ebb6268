using System.Text;
using SecureZoom.Functions.Http;
using SecureZoom.Functions.Secrets;

namespace SecureZoom.Functions.Authorization;

/// <summary>Where a list goes on: sealed, and good only for the list, the scope and the person that it was given to.</summary>
public sealed class ListCursor(SecretStore secrets)
{
    /// <param name="list">The list's name.</param>
    /// <param name="scope">What the list is of: an organisation, filters.</param>
    /// <param name="position">What the list finds its place by, without <c>|</c>.</param>
    /// <param name="caller">Who may go on with it.</param>
    public async Task<string> SealAsync(string list, string scope, string position, Caller caller, CancellationToken cancellationToken)
    {
        var key = await secrets.SealingAsync(SecretNames.CursorKey, cancellationToken);
        return Jwe.Seal(Encoding.UTF8.GetBytes($"{position}|{Owner(scope, caller)}"), Type(list), key);
    }

    /// <returns>The position; null without a cursor.</returns>
    /// <exception cref="RequestException">The cursor is not one that we gave to this caller for this list and scope.</exception>
    public async Task<string?> OpenAsync(string list, string scope, string? cursor, Caller caller, CancellationToken cancellationToken)
    {
        if (cursor is null)
        {
            return null;
        }

        var keys = await secrets.AllAsync(SecretNames.CursorKey, cancellationToken);
        return Encoding.UTF8.GetString(Jwe.Open(cursor, Type(list), keys) ?? []).Split('|', 2) is [var position, var owner] && owner == Owner(scope, caller)
            ? position
            : throw new RequestException(RequestError.InvalidCursor, "Begin again without the cursor.");
    }

    private static string Type(string list) => $"{list}-cursor";

    private static string Owner(string scope, Caller caller) => $"{caller.Pseudonym}|{scope}";
}
