using System.Text.Json.Nodes;
using SecureZoom.Functions.Tests.Audit.Vectors;
using SecureZoom.Tools;

namespace SecureZoom.Functions.Tests.Audit;

/// <summary><c>script/verify-audit</c> over a trail of the catalogue, as an export with its checkpoints beside it.</summary>
internal static class OfflineTool
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public static async Task<(int Code, string Said)> RunAsync(VectorCase trail)
    {
        var folder = Directory.CreateTempSubdirectory("securezoom-");
        try
        {
            var (export, page) = (Path.Combine(folder.FullName, "export.ndjson"), Path.Combine(folder.FullName, "checkpoints.json"));
            await File.WriteAllLinesAsync(export, [.. trail.LineTexts, new JsonObject { ["trailer"] = Trailer(trail) }.ToJsonString()], Cancellation);
            var checkpoints = new JsonArray([.. trail.CheckpointFiles.Select(VectorTrail.Text)]);
            await File.WriteAllTextAsync(page, new JsonObject { ["checkpoints"] = checkpoints }.ToJsonString(), Cancellation);
            await using var said = new StringWriter();
            var code = await VerifyAudit.RunAsync([export, "--checkpoints", page, .. trail.Trusted.SelectMany(key => new[] { "--key", key })], said, Cancellation);
            return (code, said.ToString());
        }
        catch (UsageException usage)
        {
            // As the program does.
            return (2, usage.Message);
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    private static JsonObject Trailer(VectorCase trail)
    {
        var trailer = new JsonObject { ["records"] = trail.Lines.Length, ["before"] = trail.BeforeJson() };
        if (trail.IsFromBeginning)
        {
            trailer["isFromBeginning"] = true;
        }

        return trailer;
    }
}
