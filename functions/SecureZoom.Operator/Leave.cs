using System.Globalization;
using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using SecureZoom.Functions.Audit.Checkpoints;
using SecureZoom.Functions.Audit.Reading;
using SecureZoom.Functions.Audit.Trail;
using SecureZoom.Functions.Authorization;
using SecureZoom.Functions.Identity;
using SecureZoom.Verification;
using SecureZoom.Verification.Log;

namespace SecureZoom.Operator;

/// <summary>Exports an organisation's whole trail with what proves it, verifies that, and lets all of it go once it is told to.</summary>
internal static class Leave
{
    public const string Usage = "script/leave ORG --to FOLDER [--let-go --reason TEXT]";

    private const string Command = "script/leave";
    private const string LetGo = "--let-go";

    private static readonly JsonSerializerOptions Web = new(JsonSerializerDefaults.Web) { DefaultIgnoreCondition = System.Text.Json.Serialization.JsonIgnoreCondition.WhenWritingNull };

    /// <returns>0 when it is exported, or let go; 1 where it is not.</returns>
    public static async Task<int> RunAsync(string[] arguments, Func<IHost> open, TextWriter output, CancellationToken cancellationToken)
    {
        var options = new Options(arguments, Usage, LetGo);
        options.Allow("--to", "--reason", LetGo);
        if (options.Words is not [{ Length: > 0 } organization] || !OrganizationId.IsValid(organization))
        {
            throw new UsageException(Usage);
        }

        var (folder, isMeant) = (options.Required("--to"), options.Has(LetGo));
        var reason = isMeant ? options.Required("--reason") : "";
        using var product = await open.OpenAsync(cancellationToken);
        var services = product.Services;
        var leaving = services.GetRequiredService<TrailLeaving>();
        if (services.GetRequiredService<GroupPermissions>().OperatorOrganization is not { } operators || operators == organization)
        {
            await output.WriteLineAsync("Nothing is let go: that is said in the operators' trail, and there is none, or it is this one");
            return 1;
        }

        try
        {
            if (await leaving.IsOnHoldAsync(organization, cancellationToken))
            {
                await output.WriteLineAsync($"{organization}: refused (legal_hold), and nothing is let go");
                return 1;
            }

            var exported = isMeant ? null : await ExportAsync(services, organization, operators, folder, cancellationToken);
            var (first, newest) = await leaving.ReadWholeAsync(organization, cancellationToken);
            // Whatever comes behind what is exported now is missed once it is to go.
            var signed = exported ?? newest;
            var trusted = await services.GetRequiredService<CheckpointKeys>().ReadTrustedAsync(cancellationToken);
            if (await new LeaveFolder(folder).FindFaultAsync(first, signed, trusted, output, cancellationToken) is { } fault)
            {
                await output.WriteLineAsync(PlainText.Of($"{organization}: {fault}. Nothing is let go"));
                return 1;
            }

            return isMeant
                ? await LetGoAsync(services, organization, operators, signed, reason, output, cancellationToken)
                : await AskAsync(organization, folder, first, signed, output);
        }
        catch (TrailDamagedException exception)
        {
            await output.WriteLineAsync($"{organization}: {exception.Message} Nothing is let go");
            return 1;
        }
    }

    /// <returns>The tree that is exported.</returns>
    private static async Task<TreeHead> ExportAsync(IServiceProvider services, string organization, string operators, string folder, CancellationToken cancellationToken)
    {
        if (Directory.Exists(folder) && Directory.EnumerateFileSystemEntries(folder).Any())
        {
            throw new UsageException($"{folder} is not empty.");
        }

        Directory.CreateDirectory(folder);
        var leaving = services.GetRequiredService<TrailLeaving>();
        await leaving.RecordExportAsync(organization, operators, await services.ReadRunnerAsync(Command, cancellationToken), cancellationToken);
        await leaving.SignAsync(organization, cancellationToken);
        var trusted = await services.GetRequiredService<CheckpointKeys>().ReadTrustedAsync(cancellationToken);
        var names = await services.GetRequiredService<CheckpointStore>().ListAsync(organization, from: null, to: null, cancellationToken);
        var checkpoints = await services.GetRequiredService<CosignatureStore>().ReadAllAsync(organization, names, cancellationToken);
        var newest = checkpoints.Select(file => TrailCheckpoint.TryOpen(file, trusted.Pins, out var checkpoint, out _) ? checkpoint : null).OfType<TrailCheckpoint>().Last();
        await using (var trail = File.Create(Path.Combine(folder, LeaveFolder.Trail)))
        {
            await services.GetRequiredService<AuditExport>().WriteAsync(trail, organization, newest, cancellationToken);
        }

        await WriteAsync(Path.Combine(folder, LeaveFolder.Checkpoints), new CheckpointList(checkpoints, Cursor: null), cancellationToken);
        await WriteAsync(
            Path.Combine(folder, LeaveFolder.Keys), new KeySet(trusted.Keys, trusted.NoteKeys, services.GetRequiredService<AuditWitnesses>().Keys), cancellationToken);
        return newest.Head;
    }

    private static async Task<int> AskAsync(string organization, string folder, long first, TreeHead exported, TextWriter output)
    {
        await output.WriteLineAsync(string.Create(
            CultureInfo.InvariantCulture, $"{organization}: {exported.Size - first + 1} records are in {folder}, with what proves them; {LetGo} lets go of them here, for ever"));
        return 0;
    }

    private static async Task<int> LetGoAsync(
        IServiceProvider services, string organization, string operators, TreeHead exported, string reason, TextWriter output, CancellationToken cancellationToken)
    {
        var by = await services.ReadRunnerAsync(Command, cancellationToken);
        if (await services.GetRequiredService<TrailLeaving>().LetGoAsync(organization, operators, exported, reason, by, cancellationToken) is not { } gone)
        {
            await output.WriteLineAsync($"{organization}: the trail is not the one that was exported any more: export it again. Nothing is let go");
            return 1;
        }

        await output.WriteLineAsync($"{organization}: let go of");
        foreach (var line in gone)
        {
            await output.WriteLineAsync(PlainText.Of($"  {line}"));
        }

        return 0;
    }

    private static async Task WriteAsync<T>(string file, T content, CancellationToken cancellationToken)
    {
        await using var stream = File.Create(file);
        await JsonSerializer.SerializeAsync(stream, content, Web, cancellationToken);
    }
}
