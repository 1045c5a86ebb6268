using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using SecureZoom.Functions.Audit.Checkpoints;
using SecureZoom.Tools;
using SecureZoom.Verification;
using SecureZoom.Verification.Log;

namespace SecureZoom.Operator;

/// <summary>What an organisation takes along: its trail, the checkpoints and the keys, held against what the service says of them.</summary>
internal sealed class LeaveFolder(string folder)
{
    public const string Trail = "trail.ndjson";
    public const string Checkpoints = "checkpoints.json";
    public const string Keys = "keys.json";

    private static readonly JsonSerializerOptions Web = new(JsonSerializerDefaults.Web);

    /// <summary>Verifies it as whoever is handed the folder would, by keys that are the service's own, and whether it is all there is.</summary>
    /// <param name="first">The first record that the service has.</param>
    /// <param name="signed">The tree that the service's newest checkpoint signs.</param>
    /// <param name="trusted">The service's keys.</param>
    /// <returns>What is wrong or missing; null where it is whole and proved.</returns>
    public async Task<string?> FindFaultAsync(long first, TreeHead signed, TrustedKeys trusted, TextWriter output, CancellationToken cancellationToken)
    {
        if (new[] { Trail, Checkpoints, Keys }.FirstOrDefault(file => !File.Exists(PathOf(file))) is { } absent)
        {
            return $"{absent} is missing in {folder}";
        }

        try
        {
            var pins = ReadPins(await File.ReadAllTextAsync(PathOf(Keys), cancellationToken));
            if (pins.FirstOrDefault(pin => !trusted.Pins.Contains(pin)) is { } foreign)
            {
                return $"{Keys} in {folder} has the key {foreign}, which is not the service's";
            }

            return FindMissing(ExportFile.ReadTrailer(PathOf(Trail)), first, signed)
                ?? FindOtherTree(await File.ReadAllTextAsync(PathOf(Checkpoints), cancellationToken), signed, pins)
                ?? (await VerifyAsync(pins, output, cancellationToken) == 0 ? null : $"what is in {folder} does not verify");
        }
        catch (Tools.UsageException exception)
        {
            return $"what is in {folder} does not verify: {exception.Message.TrimEnd('.')}";
        }
        catch (Exception exception) when (exception is JsonException or NullReferenceException or InvalidOperationException or ArgumentException)
        {
            return $"{Keys} or {Checkpoints} in {folder} is not as it was exported";
        }
    }

    private string PathOf(string file) => Path.Combine(folder, file);

    private static string[] ReadPins(string json)
    {
        var keys = JsonNode.Parse(json)!;
        return
        [
            .. keys["keys"]!.AsArray().Select(key => key.Deserialize<PublicKey>(Web)!.Thumbprint),
            .. keys["noteKeys"]!.AsArray().Select(key => (string)key!),
        ];
    }

    /// <summary>Its own words of where it begins and ends are no proof: whoever has its records can prove any part of them.</summary>
    private string? FindMissing(ExportSummary trailer, long first, TreeHead signed)
    {
        var (front, end) = (trailer.Before.Size, trailer.Before.Size + trailer.Records);
        return front >= first ? Missing(first, front)
            : end < signed.Size ? Missing(end + 1, signed.Size)
            : end > signed.Size ? string.Create(CultureInfo.InvariantCulture, $"{Trail} in {folder} goes on to record {end}, and the service has signed {signed.Size}: export it again")
            : null;
    }

    private string Missing(long from, long to) =>
        string.Create(CultureInfo.InvariantCulture, $"records {from} to {to} are missing in {folder}, and the service has them: export it again");

    /// <summary>The checkpoints lead to the tree that the service has signed, which its lines are then compared with.</summary>
    private string? FindOtherTree(string json, TreeHead signed, string[] pins)
    {
        var last = JsonNode.Parse(json)!["checkpoints"]!.AsArray().LastOrDefault();
        return last is not null && TrailCheckpoint.TryOpen(ExportFile.ReadCheckpoint(last), pins, out var checkpoint, out _) && checkpoint.Head.Equals(signed)
            ? null
            : string.Create(CultureInfo.InvariantCulture, $"the checkpoint of the service's {signed.Size} records is not the last of {Checkpoints} in {folder}: export it again");
    }

    private Task<int> VerifyAsync(string[] pins, TextWriter output, CancellationToken cancellationToken) => VerifyAudit.RunAsync(
        [PathOf(Trail), "--checkpoints", PathOf(Checkpoints), .. pins.SelectMany(pin => (string[])["--key", pin])], output, cancellationToken);
}
