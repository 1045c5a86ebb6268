using System.Collections.Concurrent;
using Azure.Core;
using Azure.Storage.Blobs;
using Microsoft.Extensions.Time.Testing;
using SecureZoom.Functions.Audit.Checkpoints;
using SecureZoom.Functions.Audit.Reading;
using SecureZoom.Functions.Tests.Storage;
using SecureZoom.Functions.Tests.Support;

namespace SecureZoom.Functions.Tests.Audit;

/// <summary>The keys that everybody may ask for without a token.</summary>
public sealed class PublishedKeysTests(Cloud cloud)
{
    [Fact]
    public async Task A_flood_of_anonymous_calls_looks_at_storage_once_in_ten_seconds()
    {
        var asked = new ConcurrentQueue<SentRequest>();
        var options = new BlobClientOptions();
        options.AddPolicy(new OperationTap("blob", asked), HttpPipelinePosition.PerCall);
        var clock = new FakeTimeProvider();
        var store = new CheckpointStore(new CheckpointBlobs(new BlobServiceClient(cloud.Storage.ConnectionString, options)), TrailBench.Options);
        var keys = new PublishedKeys(new CheckpointKeys(cloud.SecretStore(), store, TrailBench.Options), clock);
        await keys.ReadAsync();
        var once = asked.Count;
        var answers = await Task.WhenAll(Enumerable.Range(0, 800).Select(_ => keys.ReadAsync()));
        Assert.All(answers, answer => Assert.True(answer is { Keys: not [], NoteKeys: not [] }));
        clock.Advance(TimeSpan.FromSeconds(9));
        await keys.ReadAsync();
        Assert.Equal(once, asked.Count);

        clock.Advance(TimeSpan.FromSeconds(2));
        await keys.ReadAsync();
        Assert.Equal(once * 2, asked.Count);
    }
}
