using System.Globalization;

namespace SecureZoom.Functions.Meetings;

/// <summary>Where a list of participants goes on.</summary>
/// <param name="Uuid">The instance.</param>
/// <param name="Size">How many are asked for at once there: Zoom's token may be good only for as many.</param>
/// <param name="Token">Zoom's; null at the instance's begin.</param>
internal sealed record ParticipantPosition(string Uuid, int Size, string? Token)
{
    /// <summary>What <see cref="ToString"/> gave; it comes back sealed.</summary>
    public static ParticipantPosition? Parse(string? text) => text?.Split(' ') is [var uuid, var size, var token]
        ? new ParticipantPosition(
            Uri.UnescapeDataString(uuid), int.Parse(size, CultureInfo.InvariantCulture), token.Length == 0 ? null : Uri.UnescapeDataString(token))
        : null;

    public override string ToString() =>
        string.Create(CultureInfo.InvariantCulture, $"{Uri.EscapeDataString(Uuid)} {Size} {Uri.EscapeDataString(Token ?? "")}");
}
