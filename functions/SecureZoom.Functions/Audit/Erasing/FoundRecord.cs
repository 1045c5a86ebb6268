using SecureZoom.Functions.Audit.Trail;
using SecureZoom.Verification.Log;

namespace SecureZoom.Functions.Audit.Erasing;

/// <summary>A record in which a person is.</summary>
/// <param name="Parts">The numbers of the parts that are theirs.</param>
/// <param name="IsKept">Whether it stays as it is when they are erased.</param>
internal sealed record FoundRecord(StoredRecord Stored, IReadOnlyList<int> Parts, bool IsKept)
{
    /// <summary>The same without what is others'.</summary>
    public StoredRecord OfPerson() => Stored with
    {
        Line = Stored.Line! with
        {
            Record = Stored.Line.Record with { Parts = [.. Stored.Line.Record.Parts.Select((part, number) => Parts.Contains(number) || part.IsWithheld ? part : part.Withhold())] },
        },
    };
}
