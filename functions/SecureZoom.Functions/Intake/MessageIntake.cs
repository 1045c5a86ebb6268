using System.Runtime.ExceptionServices;
using SecureZoom.Functions.Audit.Recording;
using SecureZoom.Functions.Audit.Trail;
using SecureZoom.Functions.Secrets;

namespace SecureZoom.Functions.Intake;

/// <summary>Takes a message apart: each of its events goes its own way, and none waits for another.</summary>
public sealed class MessageIntake(
    AuditEventProcessor processor, AuditRecorder log, AuditQuarantine quarantine, SecretStore secrets, TimeProvider time)
{
    /// <summary>How long events that fail together stay together: the cause is hardly in each of them.</summary>
    public static readonly TimeSpan Together = TimeSpan.FromMinutes(10);

    /// <summary>How long an event rests that failed alone.</summary>
    private static readonly TimeSpan Rest = TimeSpan.FromSeconds(30);

    /// <summary>Returns once each event is settled, or on the queue by itself.</summary>
    public async Task TakeAsync(byte[] message, CancellationToken cancellationToken)
    {
        var opened = AuditMessage.Open(message, await secrets.AllAsync(SecretNames.AuditMessageKey, cancellationToken));
        if (opened.Entries.Count == 0 || opened.Foreign.Length > 0)
        {
            // It will never carry our seal, however often it is tried; what it says of whose it is proves nothing.
            await quarantine.KeepAsync(opened.Foreign, "not_sealed", organization: null, cancellationToken);
        }

        var failures = await Task.WhenAll(opened.Entries.Select(entry => TryAsync(entry, cancellationToken)));
        var failed = opened.Entries.Zip(failures).Where(one => one.Second is not null).ToList();
        if (failed.Count == 0)
        {
            return;
        }

        cancellationToken.ThrowIfCancellationRequested();
        if (failed.Count == opened.Entries.Count && (failed.Count == 1 || failed.Max(one => one.First.Entry.Number.At) > time.GetUtcNow() - Together))
        {
            // The queue brings the message again, as it is.
            ExceptionDispatchInfo.Throw(failed[0].Second!);
        }

        foreach (var (entry, _) in failed)
        {
            await log.PutBackAsync(entry, Rest, cancellationToken);
        }
    }

    /// <returns>Why it is not settled; null where it is.</returns>
    private async Task<Exception?> TryAsync(SealedEntry entry, CancellationToken cancellationToken)
    {
        try
        {
            await processor.ProcessAsync(entry, cancellationToken);
            return null;
        }
        catch (Exception exception)
        {
            return exception;
        }
    }
}
