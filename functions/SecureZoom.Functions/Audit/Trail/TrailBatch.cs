using System.Text.Json;
using SecureZoom.Functions.Audit.Recording;
using SecureZoom.Functions.Secrets;
using SecureZoom.Verification;

namespace SecureZoom.Functions.Audit.Trail;

/// <summary>What one transaction carries, and the chain's end behind it.</summary>
internal sealed record TrailBatch(IReadOnlyList<StoredRecord> Records, TrailHead End)
{
    /// <summary>A record and its guard for each event, the head, and perhaps a day mark: 100 operations, the service's limit.</summary>
    public const int MaxEvents = 49;

    /// <summary>What 100 operations may weigh is 4 MiB after base64; lines have this much of it, in bytes.</summary>
    private const int MaxBytes = 2 * 1024 * 1024;

    public int Count => Records.Count;

    /// <summary>The first of the events, as many as fit, as records behind a chain's end.</summary>
    /// <param name="namesakes">Those of the events whose actor goes by another person's name.</param>
    /// <param name="now">The time of recording, unless the chain's end is later.</param>
    public static TrailBatch Write(
        string organization, TrailHead head, IReadOnlyList<AuditEvent> events, IReadOnlySet<AuditEvent> namesakes, SecretVersion key, DateTimeOffset now)
    {
        var end = head with { RecordedAt = now > head.RecordedAt ? now : head.RecordedAt };
        var records = new List<StoredRecord>();
        var size = 0;
        foreach (var auditEvent in events.Take(MaxEvents))
        {
            var sentence = AuditSentence.Of(auditEvent, isNamesake: namesakes.Contains(auditEvent));
            var record = AuditRecord.Of(auditEvent, organization, end.Sequence + 1, end.RecordedAt, sentence);
            var line = JsonSerializer.SerializeToUtf8Bytes(record, AuditRecordJson.Default.AuditRecord);
            size += line.Length;
            if (records.Count > 0 && size > MaxBytes)
            {
                break;
            }

            end = end with { Sequence = record.Sequence, Hash = HashChain.Link(end.Hash, line) };
            records.Add(new StoredRecord(end.Sequence, line, end.Hash, RecordMac.Of(key, organization, end.Sequence, end.Hash)));
        }

        return new TrailBatch(records, end);
    }
}
