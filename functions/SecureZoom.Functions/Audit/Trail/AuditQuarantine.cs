using System.Globalization;
using System.Security.Cryptography;
using Azure;
using Azure.Storage.Blobs;
using Azure.Storage.Blobs.Models;
using Microsoft.Extensions.Logging;
using SecureZoom.Functions.Telemetry;

namespace SecureZoom.Functions.Audit.Trail;

/// <summary>
/// The container <c>audit-quarantine</c>: messages that can never get into a trail, byte for byte, each with the reason in its metadata.
/// </summary>
public sealed partial class AuditQuarantine(
    BlobServiceClient blobs, AppMetrics metrics, TimeProvider time, ILogger<AuditQuarantine> logger)
{
    public const string ContainerName = "audit-quarantine";

    /// <summary>The metadata that says why.</summary>
    public const string ReasonKey = "reason";

    private readonly BlobContainerClient _container = blobs.GetBlobContainerClient(ContainerName);

    /// <summary>Keeps a message; the same one again changes nothing.</summary>
    /// <param name="reason">In snake_case.</param>
    public async Task KeepAsync(byte[] message, string reason, CancellationToken cancellationToken)
    {
        var day = time.GetUtcNow().UtcDateTime.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
        var blob = _container.GetBlobClient($"{day}/{Convert.ToHexStringLower(SHA256.HashData(message))}");
        var options = new BlobUploadOptions { Metadata = new Dictionary<string, string> { [ReasonKey] = reason } };
        try
        {
            await blob.UploadAsync(BinaryData.FromBytes(message), options, cancellationToken);
        }
        catch (RequestFailedException exception) when (exception.ErrorCode == BlobErrorCode.ContainerNotFound)
        {
            await _container.CreateIfNotExistsAsync(cancellationToken: cancellationToken);
            await blob.UploadAsync(BinaryData.FromBytes(message), options, cancellationToken);
        }

        metrics.Quarantined(reason);
        Log.Kept(logger, reason, blob.Name);
    }

    public async Task<bool> IsEmptyAsync(CancellationToken cancellationToken)
    {
        try
        {
            await foreach (var _ in _container.GetBlobsAsync(BlobTraits.None, BlobStates.None, prefix: null, cancellationToken))
            {
                return false;
            }
        }
        catch (RequestFailedException exception) when (exception.ErrorCode == BlobErrorCode.ContainerNotFound)
        {
            // Nothing was ever kept.
        }

        return true;
    }

    private static partial class Log
    {
        [LoggerMessage(EventId = 198, Level = LogLevel.Error, Message = "A message is in quarantine ({Reason}): {Blob}")]
        public static partial void Kept(ILogger logger, string reason, string blob);
    }
}
