using Azure;
using Azure.Core;
using Azure.Storage.Blobs;
using Azure.Storage.Blobs.Models;
using SecureZoom.Functions.Audit.Checkpoints;
using SecureZoom.Functions.Tests.Support;
using Xunit.Sdk;

namespace SecureZoom.Functions.Tests.Audit;

/// <summary>In the tests, too, nothing that was signed can be overwritten or deleted by the app: the suite's apps and benches have this in front of their storage.</summary>
public sealed class LockedCheckpointsTests(Cloud cloud)
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task What_was_signed_is_read_and_added_to_and_never_changed()
    {
        var locked = new LockedCheckpoints();
        var options = new BlobClientOptions();
        options.AddPolicy(locked, HttpPipelinePosition.PerCall);
        var container = new BlobServiceClient(cloud.Storage.ConnectionString, options).GetBlobContainerClient(CheckpointBlobs.ContainerName);
        await container.CreateIfNotExistsAsync(cancellationToken: Cancellation);
        var blob = container.GetBlobClient($"{Guid.NewGuid():N}/0000000001.json");
        var onlyNew = new BlobUploadOptions { Conditions = new BlobRequestConditions { IfNoneMatch = ETag.All } };
        await blob.UploadAsync(BinaryData.FromString("signed"), onlyNew, Cancellation);
        locked.Check();

        Func<Task>[] changes =
        [
            () => blob.UploadAsync(BinaryData.FromString("another"), overwrite: true, Cancellation),
            () => blob.SetMetadataAsync(new Dictionary<string, string> { ["kept"] = "no" }, cancellationToken: Cancellation),
            () => blob.DeleteIfExistsAsync(cancellationToken: Cancellation),
            () => container.DeleteAsync(cancellationToken: Cancellation),
        ];
        foreach (var change in changes)
        {
            Assert.Equal("BlobImmutableDueToPolicy", (await Assert.ThrowsAsync<RequestFailedException>(change)).ErrorCode);
        }

        Assert.Equal("signed", (await blob.DownloadContentAsync(Cancellation)).Value.Content.ToString());
        Assert.Throws<EmptyException>(locked.Check);
    }
}
