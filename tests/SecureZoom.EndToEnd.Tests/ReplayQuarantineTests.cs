using System.Diagnostics;
using System.Net.Http.Json;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using Azure.Storage.Blobs;
using Azure.Storage.Blobs.Models;
using Azure.Storage.Queues;
using SecureZoom.Sandbox;
using SecureZoom.Sandbox.Identity;

namespace SecureZoom.EndToEnd.Tests;

/// <summary>What an operator runs once the cause is mended: <c>script/replay-quarantine</c>.</summary>
[Collection<TrailStories>]
public sealed class ReplayQuarantineTests(Product product)
{
    private const string Action = "quarantine.replayed";

    private readonly CancellationToken _cancellationToken = TestContext.Current.CancellationToken;

    private string Storage => product.Sandbox.Storage.ConnectionString;

    private BlobContainerClient Quarantine => new(Storage, "audit-quarantine");

    [Fact]
    public async Task What_can_get_into_the_trail_now_does_and_what_never_can_is_kept_again()
    {
        // Whoever can write to the queue, but does not have the key, is told about in health.
        var forged = Seal("forged", key: "another key");
        await new QueueClient(Storage, "audit-events", new QueueClientOptions { MessageEncoding = QueueMessageEncoding.Base64 })
            .SendMessageAsync(forged, _cancellationToken);
        await Product.UntilAsync(async () => (await ReasonsAsync()) is ["not_sealed"]);
        await Product.UntilAsync(async () => (await HealthAsync())["attention"]?.AsArray().Any(part => (string?)part == "audit-quarantine") ?? false);

        // What the table refused for a while.
        var kept = Seal("kept", product.Sandbox.Secrets["audit-message-key"]);
        // Whoever may write there may name it as they like: the console shows nothing that turns it around.
        foreach (var name in (string[])["kept", "\u202etpek"])
        {
            await Quarantine.GetBlobClient($"2026-11-24/{name}").UploadAsync(
                BinaryData.FromString(kept),
                new BlobUploadOptions { Metadata = new Dictionary<string, string> { ["reason"] = "rejected" } },
                _cancellationToken);
        }

        // What the trigger gave up, twice the same.
        var poison = new QueueClient(Storage, "audit-events-poison", new QueueClientOptions { MessageEncoding = QueueMessageEncoding.Base64 });
        await poison.CreateIfNotExistsAsync(cancellationToken: _cancellationToken);
        foreach (var _ in (int[])[1, 2])
        {
            await poison.SendMessageAsync(Seal("given up", product.Sandbox.Secrets["audit-message-key"]), _cancellationToken);
        }

        var told = await ReplayAsync();
        Assert.EndsWith("5 replayed", told.Trim(), StringComparison.Ordinal);
        Assert.Null((await poison.PeekMessageAsync(_cancellationToken)).Value);
        Assert.Contains("2026-11-24/ tpek (rejected)", told, StringComparison.Ordinal);
        await Product.UntilAsync(async () =>
            (await product.GetAsync(Accounts.Carol, $"audit?action={Action}"))["records"]!.AsArray()
                .Select(record => (string)record!["id"]!).ToHashSet().SetEquals([Id("kept"), Id("given up")]));
        await Product.UntilAsync(async () => (await ReasonsAsync()) is ["not_sealed"]);
        var again = await Quarantine.GetBlobsAsync(BlobTraits.None, BlobStates.None, null, _cancellationToken).SingleAsync(_cancellationToken);
        Assert.Equal(forged, (await Quarantine.GetBlobClient(again.Name).DownloadContentAsync(_cancellationToken)).Value.Content.ToString());
    }

    private static string Id(string name) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(name)).AsSpan(0, 16));

    /// <summary>A message as the app seals them: <c>v1.{HMAC-SHA256, hex}.{JSON}</c>.</summary>
    private static string Seal(string name, string key)
    {
        var now = DateTimeOffset.UtcNow.ToString("O");
        var number = new JsonObject { ["origin"] = Id(key), ["stream"] = "org_acme", ["number"] = 1, ["at"] = now, ["gaveUp"] = 0 };
        var auditEvent = new JsonObject
        {
            ["id"] = Id(name),
            ["occurredAt"] = now,
            ["receivedAt"] = now,
            ["organization"] = "org_acme",
            ["actor"] = new JsonObject { ["type"] = "system" },
            ["action"] = Action,
            ["outcome"] = "success",
            ["source"] = "app",
        };
        var json = new JsonObject { ["number"] = number, ["event"] = auditEvent }.ToJsonString();
        return $"v1.{Convert.ToHexStringLower(HMACSHA256.HashData(Encoding.UTF8.GetBytes(key), Encoding.UTF8.GetBytes(json)))}.{json}";
    }

    private async Task<IReadOnlyList<string>> ReasonsAsync()
    {
        if (!await Quarantine.ExistsAsync(_cancellationToken))
        {
            return [];
        }

        return await Quarantine.GetBlobsAsync(BlobTraits.Metadata, BlobStates.None, null, _cancellationToken)
            .Select(blob => blob.Metadata["reason"]).ToListAsync(_cancellationToken);
    }

    private async Task<JsonObject> HealthAsync()
    {
        using var http = new HttpClient();
        return (await http.GetFromJsonAsync<JsonObject>(new Uri(product.Sandbox.AppAddress, "health"), _cancellationToken))!;
    }

    private async Task<string> ReplayAsync()
    {
        var start = new ProcessStartInfo(Path.Combine(Repository.Root, "script", "replay-quarantine"), [Storage])
        {
            RedirectStandardOutput = true,
        };
        using var process = Process.Start(start)!;
        var output = await process.StandardOutput.ReadToEndAsync(_cancellationToken);
        await process.WaitForExitAsync(_cancellationToken);
        Assert.Equal(0, process.ExitCode);
        return output;
    }
}
