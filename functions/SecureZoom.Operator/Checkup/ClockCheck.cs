using System.Globalization;

namespace SecureZoom.Operator.Checkup;

internal sealed class ClockCheck : ICheck
{
    /// <summary>Signatures are back-dated by as much, and Zoom takes none from its future.</summary>
    private static readonly TimeSpan Most = TimeSpan.FromSeconds(30);

    public string Subject => "clock";

    public string Remedy => "Let the machine keep time by NTP: Zoom refuses signatures, and we webhooks and tokens, that come from another time.";

    public async Task<Verdict> LookAsync(Patient patient, CancellationToken cancellationToken)
    {
        if (patient.Zoom.Accounts is not [var account, ..] || (await patient.AskZoomAsync(account, cancellationToken)).Date is not { } there)
        {
            return Verdict.NotLookedAt("an answer of Zoom's says what time it is there");
        }

        // Asked a moment ago, and told in whole seconds.
        var off = patient.Time.GetUtcNow() - there;
        var text = string.Create(CultureInfo.InvariantCulture, $"{Math.Abs(off.TotalSeconds):0} s {(off < TimeSpan.Zero ? "behind" : "ahead of")} Zoom's");
        return off.Duration() <= Most ? Verdict.Right(text) : Verdict.Wrong(text);
    }
}
