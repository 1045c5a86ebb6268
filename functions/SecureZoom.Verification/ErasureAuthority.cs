using System.Text.Json;
using SecureZoom.Verification.Log;

namespace SecureZoom.Verification;

/// <summary>A record that says which parts of records in front of it were to be destroyed.</summary>
public sealed record ErasureAuthority(long Sequence, IReadOnlyList<ErasedParts> Parts)
{
    /// <summary>The action of such a record.</summary>
    public const string Action = "audit.erased";

    /// <summary>Null when the record is none, or does not say it as we do.</summary>
    public static ErasureAuthority? Of(long sequence, LogRecord record)
    {
        // Few records are any, and each is asked.
        if (record.Deed.Span.IndexOf("\"audit.erased\""u8) < 0)
        {
            return null;
        }

        try
        {
            return JsonSerializer.Deserialize(record.Deed.Span, VerificationJson.Default.ErasureDeed) is
            { Action: Action, Source: "app", Outcome: "success", Details.Parts: { } parts } && parts.All(part => part is { IsValid: true })
                ? new ErasureAuthority(sequence, parts!)
                : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }
}

/// <summary>The members of its deed that say it.</summary>
internal sealed record ErasureDeed(string Action, string Source, string Outcome, ErasureDetails Details);

/// <inheritdoc cref="ErasureDeed"/>
internal sealed record ErasureDetails(ErasedParts?[] Parts);
