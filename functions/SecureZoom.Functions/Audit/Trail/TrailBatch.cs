using SecureZoom.Functions.Audit.Recording;
using SecureZoom.Functions.Secrets;
using SecureZoom.Verification.Log;

namespace SecureZoom.Functions.Audit.Trail;

/// <summary>What one transaction carries, and the trail's end behind it.</summary>
internal sealed record TrailBatch(IReadOnlyList<StoredRecord> Records, TrailHead End)
{
    /// <summary>A record and its guard for each event, and the head: 99 operations of the service's 100.</summary>
    public const int MaxEvents = 49;

    /// <summary>What 100 operations may weigh is 4 MiB after base64; records have this much of it, in bytes.</summary>
    private const int MaxBytes = 2 * 1024 * 1024;

    public int Count => Records.Count;

    /// <summary>The first of the events, as many as fit, as records behind a trail's end.</summary>
    /// <param name="namesakes">Those of the events whose actor goes by another person's name.</param>
    /// <param name="now">The time of recording, unless the trail's end is later.</param>
    public static TrailBatch Write(
        string log, string organization, TrailHead head, IReadOnlyList<AuditEvent> events, IReadOnlySet<AuditEvent> namesakes, SecretVersion key, DateTimeOffset now)
    {
        var end = head with { RecordedAt = now > head.RecordedAt ? now : head.RecordedAt };
        var records = new List<StoredRecord>();
        var size = 0;
        foreach (var auditEvent in events.Take(MaxEvents))
        {
            var record = RecordFormat.Write(auditEvent, log, organization, end.Size, end.RecordedAt, namesakes.Contains(auditEvent));
            size += record.Deed.Length + record.Parts.Sum(part => part.Bytes.Length);
            if (records.Count > 0 && size > MaxBytes)
            {
                break;
            }

            var leaf = record.LeafHash();
            end = end with { Edge = end.Edge.Append(leaf) };
            records.Add(new StoredRecord(end.Size, new RecordLine(record, leaf), RecordMac.Of(key, log, end.Size, leaf)));
        }

        return new TrailBatch(records, end);
    }
}
