using System.Text;
using SecureZoom.Functions.Http;
using SecureZoom.Functions.Identity;
using SecureZoom.Functions.Secrets;

namespace SecureZoom.Functions.Meetings;

/// <summary>Where a list of meetings goes on: sealed, and good only for the person and the organisation that it was given to.</summary>
public sealed class MeetingCursor(SecretStore secrets)
{
    private const string Type = "meetings-cursor";

    public async Task<string> SealAsync(MeetingNumber last, Caller caller, CancellationToken cancellationToken)
    {
        var key = await secrets.CurrentAsync(SecretNames.CursorKey, cancellationToken);
        return Jwe.Seal(Encoding.ASCII.GetBytes($"{Owner(caller)}|{last}"), Type, key);
    }

    /// <summary>The last meeting of the page before; null without a cursor.</summary>
    /// <exception cref="RequestException">The cursor is not one that we gave to this caller.</exception>
    public async Task<MeetingNumber?> OpenAsync(string? cursor, Caller caller, CancellationToken cancellationToken)
    {
        if (cursor is null)
        {
            return null;
        }

        var keys = await secrets.AllAsync(SecretNames.CursorKey, cancellationToken);
        var parts = Encoding.ASCII.GetString(Jwe.Open(cursor, Type, keys) ?? []).Split('|');
        return parts is [var owner, var text] && owner == Owner(caller) && MeetingNumber.TryParse(text, spaced: false, out var last)
            ? last
            : throw new RequestException(RequestError.InvalidCursor, "Begin again without the cursor.");
    }

    private static string Owner(Caller caller) => $"{caller.OrganizationId}.{caller.Pseudonym}";
}
