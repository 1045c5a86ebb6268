namespace SecureZoom.Verification;

/// <summary>Whether an export of a range of time begins and ends where it says: by the records in front of its first line and behind its last.</summary>
public static class ExportEnds
{
    /// <summary>Reports where records may be left out.</summary>
    /// <param name="checkpoint">The trailer's own, which is trusted; null where that is not: then nothing is known of the ends.</param>
    /// <returns>Whether both ends that were asked for are proved.</returns>
    public static bool Judge(ExportSummary summary, TrailCheckpoint? checkpoint, TrailVerifier verifier)
    {
        var (front, end, signed) = (summary.Before.Size, summary.Before.Size + summary.Records, checkpoint?.Head.Size ?? 0);
        var (isFront, isEnd) = (true, true);
        if (summary.From is { } from && front > 0 && summary.IsFromBeginning is not true)
        {
            isFront = front <= signed && TimeOf(summary.InFront, front, checkpoint!) < from;
            if (!isFront && front <= signed)
            {
                verifier.Report(TrailProblems.Missing, front, $"Nothing proves that record {front} is older than {from:u}: the export may begin later than it says.");
            }
        }

        if (summary.To is { } to)
        {
            isEnd = end < signed && TimeOf(summary.Behind, end + 1, checkpoint!) >= to;
            if (!isEnd && end < signed)
            {
                verifier.Report(TrailProblems.Missing, end + 1, $"Nothing proves that record {end + 1} is not older than {to:u}: the export may end earlier than it says.");
            }
        }

        return isFront && isEnd;
    }

    /// <summary>When a record was recorded; null where it is not this one of the log.</summary>
    private static DateTimeOffset? TimeOf(ProvedRecord? proved, long sequence, TrailCheckpoint checkpoint) =>
        proved is var (line, proof) && LaterRecord.Read(line, proof, checkpoint) is var (place, record) && place == sequence
            ? DeedPlace.Of(record.Deed)?.RecordedAt
            : null;
}
