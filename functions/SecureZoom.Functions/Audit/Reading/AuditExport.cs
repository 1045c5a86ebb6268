using System.Text.Json;
using System.Text.Json.Nodes;
using CsvHelper;
using Microsoft.AspNetCore.Http;
using Microsoft.Net.Http.Headers;
using SecureZoom.Functions.Audit.Checkpoints;
using SecureZoom.Functions.Audit.Recording;
using SecureZoom.Functions.Audit.Trail;
using SecureZoom.Functions.Authorization;
using SecureZoom.Verification.Log;

namespace SecureZoom.Functions.Audit.Reading;

/// <summary>Streams a range of the trail, the oldest record first, with a trailer that gives the count: without it, it is not whole.</summary>
public sealed class AuditExport(
    AuditReader reader, AuditTrail trail, StoredTrailVerifier auditor, TrailProofs proofs, AuditRecorder audit, TimeProvider time)
{
    private const string Ndjson = "application/x-ndjson";
    private const string Csv = "text/csv";

    private static readonly CsvWriterOptions Options = new() { ValidateFieldCount = false };

    /// <summary>The formats by name, the one first that wins among equals.</summary>
    private static readonly MediaTypeHeaderValue[] Formats = [new("application/json"), new(Ndjson), new(Csv) { Charset = "utf-8" }];

    /// <summary>
    /// The format that the request wants most (RFC 9110, 12.5.1: the most specific range that fits a format has its quality); null for a
    /// page of JSON, also where it accepts none of ours.
    /// </summary>
    public static string? FormatOf(HttpRequest request)
    {
        var accepted = request.GetTypedHeaders().Accept;
        var wanted = Formats.MaxBy(QualityOf)!;
        return wanted == Formats[0] || QualityOf(wanted) == 0 ? null : wanted.MediaType.Value;

        double QualityOf(MediaTypeHeaderValue format) =>
            accepted.Where(format.IsSubsetOf).OrderBy(range => (range.MatchesAllTypes, range.MatchesAllSubTypes)).FirstOrDefault() is { } range
                ? range.Quality ?? 1
                : 0;
    }

    /// <summary>Records the export, then begins it.</summary>
    /// <exception cref="AuditUnavailableException">The trail takes no record, so there is no export.</exception>
    public async Task<IResult> StartAsync(CallContext call, AuditQuery query, string format, CancellationToken cancellationToken)
    {
        var (first, last) = await reader.RangeAsync(query, cancellationToken);
        await audit.RecordAsync(
            call.Event(
                time.GetUtcNow(),
                "audit.exported",
                AuditOutcomes.Success,
                new AuditTarget("audit", query.Organization),
                details: new JsonObject { ["format"] = format, ["organization"] = query.Organization, ["from"] = query.From, ["to"] = query.To }),
            cancellationToken);
        return Results.Stream(
            stream => format == Csv
                ? WriteCsvAsync(stream, query, first, last, cancellationToken)
                : WriteLinesAsync(stream, query, first, last, cancellationToken),
            format == Csv ? "text/csv; charset=utf-8" : Ndjson);
    }

    private async Task WriteLinesAsync(Stream stream, AuditQuery query, long first, long last, CancellationToken cancellationToken)
    {
        // The tree is built from its beginning or from the checkpoint before, so that whoever has the lines can go on with it.
        var edge = await auditor.ReadEdgeBeforeAsync(query.Organization, first, cancellationToken);
        var before = edge;
        long count = 0;
        await foreach (var stored in trail.ReadUpAsync(query.Organization, first, last, cancellationToken))
        {
            var record = AuditReader.Read(query.Organization, stored);
            edge = edge.Append(stored.Line?.Leaf ?? new byte[Merkle.HashSize]);
            if (query.Matches(record))
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

        var place = new ExportPlace(before.Size, Convert.ToBase64String(before.ToBytes()));
        var trailer = new ExportTrailer(await ProveAsync(new ExportSummary(count, place), query, before.Size + count == edge.Size, edge.Size, cancellationToken));
        await stream.WriteAsync(JsonSerializer.SerializeToUtf8Bytes(trailer, AuditJson.Default.ExportTrailer), cancellationToken);
        await stream.WriteAsync("\n"u8.ToArray(), cancellationToken);
    }

    /// <summary>Adds the last checkpoint, where there is one that the lines lead to.</summary>
    /// <param name="isWhole">Whether no record between the first line and the last was left out.</param>
    private async Task<ExportSummary> ProveAsync(ExportSummary summary, AuditQuery query, bool isWhole, long size, CancellationToken cancellationToken)
    {
        try
        {
            return isWhole && await proofs.ProveEndAsync(query.Organization, size, cancellationToken) is var (checkpoint, path)
                ? summary with { Checkpoint = checkpoint.File, Consistency = path?.Select(Convert.ToBase64String).ToList() }
                : summary;
        }
        catch (Exception exception) when (exception is TrailDamagedException or TileException)
        {
            // What is left of a damaged trail can be exported, and is not proved.
            return summary;
        }
    }

    private async Task WriteCsvAsync(Stream stream, AuditQuery query, long first, long last, CancellationToken cancellationToken)
    {
        await using var csv = CsvWriter.Create(stream, Options, leaveOpen: true);
        await csv.WriteRecordAsync(AuditRow.Columns, cancellationToken);
        long count = 0;
        await foreach (var stored in trail.ReadUpAsync(query.Organization, first, last, cancellationToken))
        {
            var record = AuditReader.Read(query.Organization, stored);
            if (query.Matches(record))
            {
                count++;
                await csv.WriteRecordAsync(AuditRow.Of(record), cancellationToken);
            }
        }

        await csv.WriteRecordAsync(AuditRow.Trailer(count), cancellationToken);
        await csv.FlushAsync(cancellationToken);
    }
}
