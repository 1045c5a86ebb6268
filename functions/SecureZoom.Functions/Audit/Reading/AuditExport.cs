using System.Runtime.CompilerServices;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using CsvHelper;
using Microsoft.AspNetCore.Http;
using SecureZoom.Functions.Audit.Checkpoints;
using SecureZoom.Functions.Audit.Ocsf;
using SecureZoom.Functions.Audit.Recording;
using SecureZoom.Functions.Audit.Trail;
using SecureZoom.Functions.Authorization;
using SecureZoom.Verification;
using SecureZoom.Verification.Log;

namespace SecureZoom.Functions.Audit.Reading;

/// <summary>Streams a range of the trail, the oldest record first, with a trailer that gives the count: without it, it is not whole.</summary>
public sealed class AuditExport(
    AuditReader reader, AuditTrail trail, TrailBeginnings beginnings, StoredTrailVerifier verification, TrailProofs proofs, ReadLog reads)
{
    /// <summary>Records read at once. A thousand, the most that storage gives, outlive the collector's young generations while they are written.</summary>
    private const int ReadAtOnce = 400;

    private static readonly CsvWriterOptions Options = new() { ValidateFieldCount = false };

    /// <summary>Records the export, where it is not the same as within the last quarter of an hour, then begins it.</summary>
    /// <exception cref="AuditUnavailableException">The trail takes no record, so there is no export.</exception>
    public async Task<IResult> StartAsync(CallContext call, AuditQuery query, string format, CancellationToken cancellationToken)
    {
        var (first, last) = await reader.RangeAsync(query, cancellationToken);
        var what = query.ToDetails();
        what["format"] = format;
        await reads.RecordAsync(call, AuditActions.AuditExported, query.Organization, what, cancellationToken);
        return Results.Stream(
            stream => format switch
            {
                ExportFormat.Csv => WriteCsvAsync(stream, query, first, last, cancellationToken),
                ExportFormat.Ocsf => WriteEventsAsync(stream, query, first, last, cancellationToken),
                _ => WriteLinesAsync(stream, query, first, last, newest: null, cancellationToken),
            },
            format == ExportFormat.Csv ? "text/csv; charset=utf-8" : format);
    }

    /// <summary>Writes a whole trail, with all that proves it.</summary>
    /// <param name="signed">The checkpoint up to which; null for all that there is.</param>
    internal async Task WriteAsync(Stream stream, string organization, TrailCheckpoint? signed, CancellationToken cancellationToken)
    {
        var query = new AuditQuery(organization, From: null, To: null, Action: null, Person: null, Ip: null, Meeting: null, Outcome: null, Source: null);
        var (first, last) = await reader.RangeAsync(query, cancellationToken);
        await WriteLinesAsync(stream, query, first, signed?.Head.Size ?? last, signed, cancellationToken);
    }

    /// <param name="newest">The export's checkpoint; null for the newest there is then.</param>
    private async Task WriteLinesAsync(Stream stream, AuditQuery query, long first, long last, TrailCheckpoint? newest, CancellationToken cancellationToken)
    {
        // The tree is built from its beginning or from the checkpoint before, so that whoever has the lines can go on with it.
        var person = await reader.KnowAsync(query, cancellationToken);
        var begin = await verification.ReadEdgeBeforeAsync(query.Organization, first, cancellationToken);
        var (edge, before, withheld) = (begin, begin, new WithheldParts());
        long count = 0;
        await foreach (var stored in ReadAsync(query, begin.Size + 1, last, withheld, FindSignedToAsync, cancellationToken))
        {
            var record = AuditReader.Read(query.Organization, stored);
            edge = edge.Append(stored.Line?.Leaf ?? new byte[Merkle.HashSize]);
            if (stored.Sequence >= first && query.Matches(record, person))
            {
                count++;
                await stream.WriteAsync(AuditReader.LineOf(stored, record), cancellationToken);
                await stream.WriteAsync("\n"u8.ToArray(), cancellationToken);
            }
            else if (count == 0)
            {
                before = edge;
            }
        }

        // It may also begin at a place that was asked for, or where a filter lets it.
        var beginsByTime = query.After is null && before.Size == begin.Size;
        var isFromBeginning = beginsByTime && before.Size > 0 && (await beginnings.ReadAsync(query.Organization, cancellationToken)).Size >= before.Size;
        var summary = new ExportSummary(
            count, ExportPlace.Of(before), To: query.To, IsFromBeginning: isFromBeginning ? true : null, From: beginsByTime ? query.From : null);
        newest ??= await FindNewestAsync(query.Organization, cancellationToken);
        var trailer = new ExportTrailer(await ProveAsync(summary, query, before.Size + count == edge.Size, edge.Size, newest, withheld, cancellationToken));
        await stream.WriteAsync(JsonSerializer.SerializeToUtf8Bytes(trailer, AuditJson.Default.ExportTrailer), cancellationToken);
        await stream.WriteAsync("\n"u8.ToArray(), cancellationToken);

        async Task<long> FindSignedToAsync()
        {
            newest ??= await FindNewestAsync(query.Organization, cancellationToken);
            if (query.From is not null && first > last)
            {
                // Of a range that has not begun, what came meanwhile is none.
                (first, _) = await reader.RangeAsync(query, cancellationToken);
            }

            return newest?.Head.Size ?? 0;
        }
    }

    /// <summary>
    /// The records; where they are asked for up to the end, also those that came meanwhile, if a checkpoint has come that covers them, or
    /// parts of others were destroyed on their authority while they were read.
    /// </summary>
    /// <param name="signedTo">The last record that the export's checkpoint covers.</param>
    private async IAsyncEnumerable<StoredRecord> ReadAsync(
        AuditQuery query, long first, long last, WithheldParts withheld, Func<Task<long>> signedTo, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        for (var isWhole = false; !isWhole;)
        {
            await foreach (var stored in trail.ReadUpAsync(query.Organization, first, last, cancellationToken, ReadAtOnce))
            {
                if (stored.Line is { } line)
                {
                    withheld.Take(stored.Sequence, line.Record);
                }

                yield return stored;
            }

            var end = query.To is not null ? last
                : Math.Max(await signedTo(), withheld.AreUnexplained ? await trail.ReadSizeAsync(query.Organization, cancellationToken) : last);
            isWhole = end <= last;
            (first, last) = (last + 1, end);
        }
    }

    /// <summary>The last checkpoint; null where there is none, or the trail is damaged.</summary>
    private async Task<TrailCheckpoint?> FindNewestAsync(string organization, CancellationToken cancellationToken)
    {
        try
        {
            return await proofs.FindNewestAsync(organization, cancellationToken);
        }
        catch (Exception exception) when (exception is TrailDamagedException or TileException)
        {
            return null;
        }
    }

    /// <summary>Adds the last checkpoint, where there is one that the lines lead to, and the last that witnesses have signed.</summary>
    /// <param name="isWhole">Whether no record between the first line and the last was left out.</param>
    private async Task<ExportSummary> ProveAsync(
        ExportSummary summary, AuditQuery query, bool isWhole, long size, TrailCheckpoint? newest, WithheldParts withheld, CancellationToken cancellationToken)
    {
        if (!isWhole || newest is null)
        {
            return summary;
        }

        try
        {
            var path = newest.Head.Size <= size ? null : await proofs.ProveConsistencyAsync(query.Organization, newest.Head, size, cancellationToken);
            var proved = summary with
            {
                Checkpoint = newest.File,
                Consistency = path?.Select(Convert.ToBase64String).ToList(),
                Cut = summary.IsFromBeginning is true ? await ExplainCutAsync(query.Organization, size, newest, cancellationToken) : null,
                InFront = summary is { From: not null, IsFromBeginning: null }
                    ? await FindNeighbourAsync(query.Organization, summary.Before.Size, newest, cancellationToken)
                    : null,
                Behind = summary.To is not null ? await FindNeighbourAsync(query.Organization, size + 1, newest, cancellationToken) : null,
                Erasures = withheld.AreUnexplained ? await ExplainAsync(query.Organization, size, newest, withheld, cancellationToken) : null,
            };
            return await proofs.FindWitnessedAsync(query.Organization, summary.Before.Size + 1, cancellationToken) switch
            {
                { File: var file } when file.Note == newest.File.Note => proved with { Checkpoint = file },
                { File: var file, Head.Size: var seen } when seen <= size => proved with { Witnessed = file },
                _ => proved,
            };
        }
        catch (Exception exception) when (exception is TrailDamagedException or TileException)
        {
            // What is left of a damaged trail can be exported, and is not proved.
            return summary;
        }
    }

    /// <summary>The records behind the last line on whose authority parts of the lines were destroyed, as far as a checkpoint covers them.</summary>
    private async Task<IReadOnlyList<ProvedRecord>> ExplainAsync(
        string organization, long size, TrailCheckpoint checkpoint, WithheldParts withheld, CancellationToken cancellationToken)
    {
        var erasures = new List<ProvedRecord>();
        await foreach (var stored in trail.ReadUpAsync(organization, size + 1, checkpoint.Head.Size, cancellationToken))
        {
            if (stored.Line is { } line && ErasureAuthority.Of(stored.Sequence, line.Record) is { } authority && withheld.Explain(authority))
            {
                erasures.Add(await ProveAsync(organization, stored, checkpoint, cancellationToken));
                if (!withheld.AreUnexplained)
                {
                    break;
                }
            }
        }

        return erasures;
    }

    /// <summary>The record that says that those in front of the first line were let go, where it is behind the last.</summary>
    private async Task<ProvedRecord?> ExplainCutAsync(string organization, long size, TrailCheckpoint checkpoint, CancellationToken cancellationToken)
    {
        var (authority, signed) = ((await beginnings.ReadAsync(organization, cancellationToken)).Authority, checkpoint.Head.Size);
        return authority > size && authority <= signed && await trail.ReadAsync(organization, authority, cancellationToken) is { Line: not null } stored
            ? await ProveAsync(organization, stored, checkpoint, cancellationToken)
            : null;
    }

    /// <summary>The record beside the lines, which shows by its time that none is left out there: nobody asked who is named in it. Null where the checkpoint has none.</summary>
    private async Task<ProvedRecord?> FindNeighbourAsync(string organization, long sequence, TrailCheckpoint checkpoint, CancellationToken cancellationToken)
    {
        if (sequence < 1 || sequence > checkpoint.Head.Size || await trail.ReadAsync(organization, sequence, cancellationToken) is not { Line: { } line } stored)
        {
            return null;
        }

        var deed = line.Record with { Parts = [.. line.Record.Parts.Select(part => part.Withhold())] };
        return await ProveAsync(organization, stored with { Line = line with { Record = deed } }, checkpoint, cancellationToken);
    }

    private async Task<ProvedRecord> ProveAsync(string organization, StoredRecord stored, TrailCheckpoint checkpoint, CancellationToken cancellationToken)
    {
        var proof = (await proofs.ProveAsync(organization, checkpoint, [stored.Sequence], cancellationToken))[0];
        var record = AuditReader.LineOf(stored, AuditReader.Read(organization, stored));
        return new ProvedRecord(Encoding.UTF8.GetString(record), proof.ToString());
    }

    private async Task WriteEventsAsync(Stream stream, AuditQuery query, long first, long last, CancellationToken cancellationToken)
    {
        long count = 0;
        await foreach (var record in FindAsync(query, first, last, cancellationToken))
        {
            count++;
            await WriteLineAsync(stream, OcsfEvent.Of(record), cancellationToken);
        }

        var end = new JsonObject { ["records"] = count, ["after"] = Math.Max(last, first - 1) };
        await WriteLineAsync(stream, new JsonObject { ["trailer"] = end }, cancellationToken);
    }

    private static async Task WriteLineAsync(Stream stream, JsonObject line, CancellationToken cancellationToken)
    {
        await JsonSerializer.SerializeAsync(stream, line, AuditJson.Default.JsonObject, cancellationToken);
        await stream.WriteAsync("\n"u8.ToArray(), cancellationToken);
    }

    private async Task WriteCsvAsync(Stream stream, AuditQuery query, long first, long last, CancellationToken cancellationToken)
    {
        await using var csv = CsvWriter.Create(stream, Options, leaveOpen: true);
        await csv.WriteRecordAsync(AuditRow.Columns, cancellationToken);
        long count = 0;
        await foreach (var record in FindAsync(query, first, last, cancellationToken))
        {
            count++;
            await csv.WriteRecordAsync(AuditRow.Of(record), cancellationToken);
        }

        await csv.WriteRecordAsync(AuditRow.Trailer(count), cancellationToken);
        await csv.FlushAsync(cancellationToken);
    }

    private async IAsyncEnumerable<AuditRecord> FindAsync(
        AuditQuery query, long first, long last, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var person = await reader.KnowAsync(query, cancellationToken);
        await foreach (var stored in trail.ReadUpAsync(query.Organization, first, last, cancellationToken, ReadAtOnce))
        {
            if (AuditReader.Read(query.Organization, stored) is var record && query.Matches(record, person))
            {
                yield return record;
            }
        }
    }
}
