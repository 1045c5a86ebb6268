using System.Text.Json;
using SecureZoom.Verification.Log;

namespace SecureZoom.Verification;

/// <summary>A record that says up to which other all in front of it were let go.</summary>
/// <param name="First">The first that was still there.</param>
public sealed record CutAuthority(long Sequence, long First, long Last)
{
    /// <summary>The action of such a record.</summary>
    public const string Action = "audit.let_go";

    /// <summary>Null when the record is none, or does not say it as we do.</summary>
    public static CutAuthority? Of(long sequence, LogRecord record)
    {
        // Few records are any, and each is asked.
        if (record.Deed.Span.IndexOf("\"audit.let_go\""u8) < 0)
        {
            return null;
        }

        try
        {
            return JsonSerializer.Deserialize(record.Deed.Span, VerificationJson.Default.CutDeed) is
            { Action: Action, Source: "app", Outcome: "success", Details: { First: >= 1 and var first, Last: var last } } && first <= last && last < sequence
                ? new CutAuthority(sequence, first, last)
                : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }
}

/// <summary>The members of its deed that say it.</summary>
internal sealed record CutDeed(string Action, string Source, string Outcome, CutDetails Details);

/// <inheritdoc cref="CutDeed"/>
/// <param name="First">The first that was still there.</param>
internal sealed record CutDetails(long First, long Last);
