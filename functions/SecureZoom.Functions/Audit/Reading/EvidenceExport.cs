using System.Text.Json;
using Microsoft.AspNetCore.Http;
using SecureZoom.Functions.Audit.Checkpoints;
using SecureZoom.Functions.Audit.Erasing;
using SecureZoom.Functions.Audit.Recording;
using SecureZoom.Functions.Audit.Trail;
using SecureZoom.Functions.Authorization;
using SecureZoom.Functions.Http;
using SecureZoom.Verification;
using SecureZoom.Verification.Log;

namespace SecureZoom.Functions.Audit.Reading;

/// <summary>
/// Picks records out of a trail, each with its proof, as a file for somebody who has no access to the trail; where it is about one person,
/// everybody else is withheld, and the records are proved all the same (docs/trail-format.md, "An evidence file").
/// </summary>
public sealed class EvidenceExport(AuditReader reader, AuditTrail trail, TrailProofs proofs, AuditRecorder audit, TimeProvider time)
{
    private const int MaxRecords = 1000;
    private const int MaxBytes = 16 * 1024 * 1024;

    private const string How =
        "Records of an audit trail, a line each, and behind each its proof (c2sp.org/tlog-proof). What withheld parts held is not told, and all else is proved. "
        + "To check it: script/verify-audit FILE --key KEY, the site's page Verify, or by hand as docs/trail-format.md shows; the key comes from whoever runs the service.";

    /// <summary>Records that records are given away, finds and proves them.</summary>
    /// <exception cref="AuditException">None that was asked for by its sequence is there, or one is not covered by a checkpoint yet.</exception>
    /// <exception cref="RequestException">There are too many for one file.</exception>
    /// <exception cref="AuditUnavailableException">The trail takes no record, so there is no file.</exception>
    /// <exception cref="TrailDamagedException">One of the records is not as we left it.</exception>
    public async Task<IResult> StartAsync(CallContext call, EvidenceQuery query, CancellationToken cancellationToken)
    {
        // Before anything is looked for: that nothing is found tells something, too.
        await audit.RecordAsync(EventOf(call, query), cancellationToken);
        var organization = query.Filter.Organization;
        var (first, last) = await reader.RangeAsync(query.Filter, cancellationToken);
        if (query.Sequences is { } chosen)
        {
            (first, last) = (Math.Max(first, chosen.First), Math.Min(last, chosen.Last));
        }

        var checkpoint = await proofs.FindCheckpointAsync(organization, last, cancellationToken);
        var person = await IdentifyAsync(query, cancellationToken);
        var lines = await FindAsync(query, person, first, last, cancellationToken);
        if (query.Sequences is null)
        {
            // What waits for its checkpoint is proved by nothing yet.
            lines = [.. lines.Where(stored => stored.Sequence <= checkpoint?.Head.Size)];
        }

        if (checkpoint is null || (lines is [.., var newest] && newest.Sequence > checkpoint.Head.Size))
        {
            throw new AuditException(AuditError.NotCovered);
        }

        if (lines.Count == 0 && query.Sequences is not null)
        {
            throw new AuditException(AuditError.NoRecord);
        }

        lines = person is null ? await WithAuthoritiesAsync(organization, lines, checkpoint.Head.Size, cancellationToken) : lines;
        var proved = await proofs.ProveAsync(organization, checkpoint, [.. lines.Select(stored => stored.Sequence)], cancellationToken);
        return Results.Stream(
            stream => WriteAsync(stream, record => person is null ? record : Withhold(person, query.Texts, record), isPartial: person is not null, checkpoint, [.. lines.Zip(proved)], cancellationToken),
            ExportFormat.Ndjson);
    }

    /// <summary>The records, and those on whose authority parts of them were erased: nothing else explains what is withheld.</summary>
    private async Task<IReadOnlyList<StoredRecord>> WithAuthoritiesAsync(
        string organization, IReadOnlyList<StoredRecord> lines, long size, CancellationToken cancellationToken)
    {
        var withheld = new WithheldParts();
        foreach (var stored in lines)
        {
            withheld.Take(stored.Sequence, stored.Line!.Record);
        }

        var added = new List<StoredRecord>();
        if (withheld.AreUnexplained)
        {
            await foreach (var stored in trail.ReadOwnAsync(organization, withheld.UnexplainedRecords[0] + 1, cancellationToken, size))
            {
                if (stored.Line is { } line && ErasureAuthority.Of(stored.Sequence, line.Record) is { } authority && withheld.Explain(authority))
                {
                    added.Add(stored);
                }
            }
        }

        return [.. lines.Concat(added).DistinctBy(stored => stored.Sequence).OrderBy(stored => stored.Sequence)];
    }

    /// <summary>Whom the file is about, by all names that the trail knows of them; null for everybody.</summary>
    private async Task<NamedPerson?> IdentifyAsync(EvidenceQuery query, CancellationToken cancellationToken)
    {
        if (query.About is not { } about)
        {
            return null;
        }

        var person = new NamedPerson(about);
        await TrailSurvey.OfAsync(trail, query.Filter.Organization, person, cancellationToken);
        return person;
    }

    private async Task<IReadOnlyList<StoredRecord>> FindAsync(
        EvidenceQuery query, NamedPerson? person, long first, long last, CancellationToken cancellationToken)
    {
        var found = new List<StoredRecord>();
        var bytes = 0;
        await foreach (var stored in trail.ReadOwnAsync(query.Filter.Organization, first, cancellationToken, last))
        {
            var record = AuditReader.Read(query.Filter.Organization, stored);
            if (record.IsReadable
                && query.Sequences?.Contains(stored.Sequence) is not false
                && query.Filter.Matches(record, person: null)
                && (person is null || OwnParts(person, stored.Line!.Record).Count > 0))
            {
                found.Add(stored);
                bytes += stored.Line!.Record.Deed.Length + stored.Line.Record.Parts.Sum(part => part.Bytes.Length);
            }

            if (found.Count > MaxRecords || bytes > MaxBytes)
            {
                throw new RequestException(RequestError.Invalid, $"More than {MaxRecords} records, or 16 MiB, are too much for one file: ask for a shorter range.");
            }
        }

        return found;
    }

    private AuditEvent EventOf(CallContext call, EvidenceQuery query)
    {
        var what = (query.Filter with { Person = query.About }).ToDetails();
        (what["format"], what["organization"]) = ("evidence", query.Filter.Organization);
        if (query.Sequences is { } sequences)
        {
            what["sequence"] = sequences.ToString();
        }

        return ReadLog.EventOf(call, time.GetUtcNow(), AuditActions.AuditExported, query.Filter.Organization, what);
    }

    private static async Task WriteAsync(
        Stream stream, Func<LogRecord, LogRecord> withhold, bool isPartial, TrailCheckpoint checkpoint, IReadOnlyList<(StoredRecord Stored, TlogProof Proof)> records, CancellationToken cancellationToken)
    {
        foreach (var (stored, proof) in records)
        {
            var line = stored.Line! with { Record = withhold(stored.Line.Record) };
            await WriteLineAsync(stream, line.ToBytes(RecordFormat.TryRead(line.Record)!.Sentence), cancellationToken);
            await WriteLineAsync(stream, JsonSerializer.SerializeToUtf8Bytes(new EvidenceProof(proof.ToString()), AuditJson.Default.EvidenceProof), cancellationToken);
        }

        var end = new EvidenceEnd(new EvidenceSummary(records.Count, checkpoint.File, isPartial ? true : null, How));
        await WriteLineAsync(stream, JsonSerializer.SerializeToUtf8Bytes(end, AuditJson.Default.EvidenceEnd), cancellationToken);
    }

    private static LogRecord Withhold(NamedPerson person, bool texts, LogRecord record)
    {
        var own = OwnParts(person, record);
        return record with
        {
            Parts = [.. record.Parts.Select((part, number) => (StoredParts.IsText(part) ? texts : own.Contains(number)) ? part : part.Withhold())],
        };
    }

    /// <summary>The parts that are the person, without texts that only name them.</summary>
    private static IReadOnlyList<int> OwnParts(NamedPerson person, LogRecord record) =>
        [.. PersonParts.Of(record)?.Of(person).Where(number => !StoredParts.IsText(record.Parts[number])) ?? []];

    private static async Task WriteLineAsync(Stream stream, byte[] line, CancellationToken cancellationToken)
    {
        await stream.WriteAsync(line, cancellationToken);
        await stream.WriteAsync("\n"u8.ToArray(), cancellationToken);
    }
}
