using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Azure.Data.Tables;
using SecureZoom.Functions.Secrets;

namespace SecureZoom.Functions.Audit.Trail;

/// <summary>
/// The rows that keep events from being recorded twice: each says where an event's record is, under a MAC that no rotation changes. An event
/// may come again when the key that sealed on its day has left the vault.
/// </summary>
internal sealed class EventGuards(StableMac mac)
{
    private const string Label = "event-guard";
    private const string MacColumn = "Mac";

    /// <exception cref="SecretException">There is no key.</exception>
    public static async ValueTask<EventGuards> OpenAsync(SecretStore secrets, CancellationToken cancellationToken) =>
        new(await StableMac.OpenAsync(secrets, Label, cancellationToken));

    public TableEntity Row(string organization, string eventId, long sequence)
    {
        var row = new TableEntity(organization, TrailRows.GuardOf(eventId)) { [TrailRows.SequenceColumn] = sequence };
        row[MacColumn] = Of(row, sequence);
        return row;
    }

    /// <summary>Whether we have written it, in this place.</summary>
    public bool IsOurs(TableEntity row) =>
        row.TryGetValue(MacColumn, out var said) && said is string text
        && row.TryGetValue(TrailRows.SequenceColumn, out var value) && value is long sequence
        && CryptographicOperations.FixedTimeEquals(Encoding.UTF8.GetBytes(text), Encoding.UTF8.GetBytes(Of(row, sequence)));

    private string Of(TableEntity row, long sequence) => mac.Of(row.PartitionKey, row.RowKey, sequence.ToString(CultureInfo.InvariantCulture));
}
