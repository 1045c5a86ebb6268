using System.Globalization;
using System.Security.Cryptography;
using Azure;
using Azure.Storage.Blobs;
using Azure.Storage.Blobs.Models;
using Microsoft.Extensions.Logging;
using SecureZoom.Functions.Authorization;
using SecureZoom.Functions.Identity;
using SecureZoom.Functions.Telemetry;

namespace SecureZoom.Functions.Audit.Trail;

/// <summary>
/// The container <c>audit-quarantine</c>: messages that can never get into a trail, byte for byte, each with whose it is and the reason in its metadata.
/// </summary>
public sealed partial class AuditQuarantine(
    BlobServiceClient blobs, GroupPermissions permissions, AppMetrics metrics, TimeProvider time, ILogger<AuditQuarantine> logger)
{
    public const string ContainerName = "audit-quarantine";

    /// <summary>The metadata that says why.</summary>
    public const string ReasonKey = "reason";

    /// <summary>The metadata that says whose it is.</summary>
    public const string OrganizationKey = "organization";

    private readonly BlobContainerClient _container = blobs.GetBlobContainerClient(ContainerName);

    /// <summary>Keeps a message; the same one again changes nothing.</summary>
    /// <param name="reason">In snake_case.</param>
    /// <param name="organization">Whose trail it was for; null where nobody can tell, which is a matter for the operators.</param>
    public async Task KeepAsync(byte[] message, string reason, string? organization, CancellationToken cancellationToken)
    {
        var whose = organization ?? permissions.OperatorOrganization ?? OrganizationId.Unassigned;
        var day = time.GetUtcNow().UtcDateTime.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
        var blob = _container.GetBlobClient($"{day}/{Convert.ToHexStringLower(SHA256.HashData(message))}");
        var options = new BlobUploadOptions { Metadata = new Dictionary<string, string> { [ReasonKey] = reason, [OrganizationKey] = whose } };
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
        Log.Kept(logger, whose, reason, blob.Name);
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
        [LoggerMessage(EventId = 198, Level = LogLevel.Error, Message = "A message of {Organization} is in quarantine ({Reason}): {Blob}")]
        public static partial void Kept(ILogger logger, string organization, string reason, string blob);
    }
}
