using System.Globalization;
using System.Text;
using System.Text.Json;
using SecureZoom.Functions.Http;
using SecureZoom.Functions.Identity;
using SecureZoom.Functions.Secrets;

namespace SecureZoom.Functions.Audit;

/// <summary>Where a page of the trail ended: sealed, and good only for the same person and the same filters.</summary>
public sealed class AuditCursor(SecretStore secrets)
{
    private const string Type = "audit-cursor";

    public async Task<string> SealAsync(long before, AuditQuery query, Caller caller, CancellationToken cancellationToken)
    {
        var key = await secrets.CurrentAsync(SecretNames.CursorKey, cancellationToken);
        return Jwe.Seal(Encoding.UTF8.GetBytes($"{before.ToString(CultureInfo.InvariantCulture)}|{Owner(query, caller)}"), Type, key);
    }

    /// <summary>The sequence before which the page goes on; null without a cursor.</summary>
    /// <exception cref="RequestException">The cursor is not one that we gave to this caller for these filters.</exception>
    public async Task<long?> OpenAsync(string? cursor, AuditQuery query, Caller caller, CancellationToken cancellationToken)
    {
        if (cursor is null)
        {
            return null;
        }

        var keys = await secrets.AllAsync(SecretNames.CursorKey, cancellationToken);
        var parts = Encoding.UTF8.GetString(Jwe.Open(cursor, Type, keys) ?? []).Split('|', 2);
        return parts is [var text, var owner]
            && owner == Owner(query, caller)
            && long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var before)
            ? before
            : throw new RequestException(RequestError.InvalidCursor, "Begin again without the cursor.");
    }

    private static string Owner(AuditQuery query, Caller caller) =>
        $"{caller.Pseudonym}|{JsonSerializer.Serialize(query, AuditJson.Default.AuditQuery)}";
}
