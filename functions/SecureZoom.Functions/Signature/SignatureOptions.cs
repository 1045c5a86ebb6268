using SecureZoom.Functions.Settings;

namespace SecureZoom.Functions.Signature;

/// <summary>How long signatures may live: <c>Signature:MaxExpirationSeconds</c>.</summary>
public sealed record SignatureOptions(int MaxExpirationSeconds)
{
    /// <summary>Zoom's least, in seconds.</summary>
    public const int MinExpirationSeconds = 1800;

    private const int TwoHours = 7200;

    /// <summary>Zoom's most, in seconds, counted from the issue, which is back-dated.</summary>
    private const int FortyEightHours = 172_800;

    public int DefaultExpirationSeconds => Math.Min(TwoHours, MaxExpirationSeconds);

    internal static SignatureOptions Read(SettingsReader settings) => new(
        settings.Number("Signature:MaxExpirationSeconds", TwoHours, MinExpirationSeconds, FortyEightHours - (int)MeetingSignature.BackDated.TotalSeconds));
}
