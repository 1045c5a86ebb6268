using Azure;
using Azure.Data.Tables;
using SecureZoom.Functions.Audit.Checkpoints;
using SecureZoom.Functions.Audit.Recording;
using SecureZoom.Functions.Audit.Trail;

namespace SecureZoom.Operator.Checkup;

internal sealed class StorageCheck : ICheck
{
    private static readonly string[] Tables = [AuditTrail.TableName, "meetings", "access", "customers"];

    public string Subject => "storage";

    public string Remedy => "Let this machine and this identity in (docs/operate.md names the roles), or run azd provision --no-state for what is not there.";

    public async Task<Verdict> LookAsync(Patient patient, CancellationToken cancellationToken)
    {
        var (tables, blobs) = (patient.Storage.Tables(), patient.Storage.Blobs());
        List<(string What, Func<Task> Look)> looks =
        [
            ($"queue {AuditRecorder.QueueName}", () => patient.Storage.Queue(AuditRecorder.QueueName).GetPropertiesAsync(cancellationToken)),
            .. Tables.Select(name => ($"table {name}", (Func<Task>)(async () => await tables.GetTableClient(name).QueryAsync<TableEntity>(maxPerPage: 1, cancellationToken: cancellationToken).AsPages().FirstOrDefaultAsync(cancellationToken)))),
            .. ((string[])[CheckpointBlobs.ContainerName, AuditQuarantine.ContainerName]).Select(name =>
                ($"container {name}", (Func<Task>)(async () => await blobs.GetBlobContainerClient(name).GetBlobsAsync(cancellationToken: cancellationToken).AsPages(pageSizeHint: 1).FirstOrDefaultAsync(cancellationToken)))),
        ];
        var problems = await Task.WhenAll(looks.Select(async look => await ProblemAsync(look.Look) is { } problem ? $"{look.What} {problem}" : null));
        return Verdict.Of([.. problems.OfType<string>()], "queue, tables and containers answer");
    }

    private static async Task<string?> ProblemAsync(Func<Task> look)
    {
        try
        {
            await look();
            return null;
        }
        catch (RequestFailedException exception)
        {
            // Tables and containers come with their first use.
            return exception.Status switch
            {
                404 when exception.ErrorCode is "TableNotFound" or "ContainerNotFound" => null,
                404 => "is not there",
                401 or 403 => "refuses this identity",
                _ => "does not answer",
            };
        }
        catch (Exception exception) when (exception is AggregateException or FormatException or InvalidOperationException)
        {
            return "does not answer";
        }
    }
}
