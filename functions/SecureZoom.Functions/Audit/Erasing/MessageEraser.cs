using System.Runtime.CompilerServices;
using System.Text;
using Azure;
using Azure.Storage.Blobs;
using Azure.Storage.Blobs.Models;
using Azure.Storage.Queues;
using Azure.Storage.Queues.Models;
using Azure.Storage.Queues.Specialized;
using Microsoft.AspNetCore.Http;
using SecureZoom.Functions.Audit.Recording;
using SecureZoom.Functions.Audit.Trail;
using SecureZoom.Functions.Secrets;

namespace SecureZoom.Functions.Audit.Erasing;

/// <summary>
/// Takes a person out of an organisation's messages that lie in quarantine and in the poison queue. Their events keep their numbers, so
/// that nothing is missed. Other organisations' events are left for an erasure of their own.
/// </summary>
internal sealed class MessageEraser(BlobServiceClient blobs, PoisonStore poison, SecretStore secrets)
{
    private readonly BlobContainerClient _quarantine = blobs.GetBlobContainerClient(AuditQuarantine.ContainerName);

    /// <param name="organization">Whose events.</param>
    /// <param name="withNobodys">Whether it is an operator's word: events whose owner is unknown lose the person, too, and what is not ours and names them goes.</param>
    public async Task EraseAsync(string organization, NamedPerson person, bool withNobodys, CancellationToken cancellationToken)
    {
        var whose = new Scope(organization, person, withNobodys);
        try
        {
            await EraseQuarantineAsync(whose, cancellationToken);
        }
        catch (RequestFailedException exception) when (exception.ErrorCode == BlobErrorCode.ContainerNotFound)
        {
            // Nothing was ever kept.
        }

        await foreach (var message in poison.TakeAllAsync(cancellationToken))
        {
            if (await WithoutAsync(message.Content, whose, cancellationToken) is { } left)
            {
                await ReplaceAsync(message, left, cancellationToken);
            }
        }
    }

    /// <summary>The names of messages in quarantine that name a person, and the ids of those in the poison queue.</summary>
    public async IAsyncEnumerable<string> FindAsync(NamedPerson person, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var anybodys = new Scope(Organization: null, person, WithNobodys: true);
        if (await _quarantine.ExistsAsync(cancellationToken))
        {
            await foreach (var item in _quarantine.GetBlobsAsync(BlobTraits.None, BlobStates.None, prefix: null, cancellationToken))
            {
                var message = (await _quarantine.GetBlobClient(item.Name).DownloadContentAsync(cancellationToken)).Value.Content.ToArray();
                if (await WithoutAsync(message, anybodys, cancellationToken) is not null)
                {
                    yield return $"{AuditQuarantine.ContainerName}/{item.Name}";
                }
            }
        }

        // Whoever reads the answer takes their time, and nobody sees a message meanwhile.
        foreach (var message in await poison.TakeAllAsync(cancellationToken).ToListAsync(cancellationToken))
        {
            if (await WithoutAsync(message.Content, anybodys, cancellationToken) is not null)
            {
                yield return $"{PoisonStore.QueueName}/{message.Id}";
            }
        }
    }

    private async Task EraseQuarantineAsync(Scope whose, CancellationToken cancellationToken)
    {
        await foreach (var item in _quarantine.GetBlobsAsync(BlobTraits.Metadata, BlobStates.None, prefix: null, cancellationToken))
        {
            var blob = _quarantine.GetBlobClient(item.Name);
            var message = (await blob.DownloadContentAsync(cancellationToken)).Value.Content.ToArray();
            if (await WithoutAsync(message, whose, cancellationToken) is not { } lines)
            {
                continue;
            }

            if (lines.Count > 0)
            {
                var left = Encoding.UTF8.GetBytes(string.Join(AuditMessage.Separator, lines));
                // Its name is that of what it held, and says whether it was this: another takes its place.
                var folder = item.Name[..(item.Name.LastIndexOf('/') + 1)];
                var name = Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData(left));
                var options = new BlobUploadOptions { Metadata = item.Metadata };
                await _quarantine.GetBlobClient($"{folder}{name}").UploadAsync(BinaryData.FromBytes(left), options, cancellationToken);
            }

            await blob.DeleteIfExistsAsync(cancellationToken: cancellationToken);
        }
    }

    /// <summary>What one message does not hold is in further ones, which are there before.</summary>
    private async Task ReplaceAsync(PoisonMessage message, IReadOnlyList<string> lines, CancellationToken cancellationToken)
    {
        var own = "";
        foreach (var line in lines)
        {
            if (own.Length == 0)
            {
                own = line;
            }
            else if (own.Length + line.Length < AuditMessage.MaxLength)
            {
                own += AuditMessage.Separator + line;
            }
            else
            {
                await poison.AddAsync(line, cancellationToken);
            }
        }

        if (own.Length == 0)
        {
            await message.RemoveAsync(cancellationToken);
        }
        else
        {
            await message.ReplaceAsync(own, cancellationToken);
        }
    }

    /// <returns>The lines of the message without the person; null where it does not name them.</returns>
    private async Task<IReadOnlyList<string>?> WithoutAsync(byte[] message, Scope whose, CancellationToken cancellationToken)
    {
        var opened = AuditMessage.Open(message, await secrets.AllAsync(SecretNames.AuditMessageKey, cancellationToken));
        var key = await secrets.SealingAsync(SecretNames.AuditMessageKey, cancellationToken);
        var changes = false;
        var lines = new List<string>();
        foreach (var entry in opened.Entries)
        {
            var left = whose.Without(entry.Entry.Event);
            changes |= left.Count > 0;
            lines.AddRange(left.Count == 0 ? [Encoding.UTF8.GetString(entry.Line)] : left.Select(one => AuditMessage.Seal(entry.Entry with { Event = one }, key)));
        }

        var foreign = Encoding.UTF8.GetString(opened.Foreign);
        if (whose.WithNobodys && opened.Foreign.Length > 0 && Names(foreign, whose.Person))
        {
            changes = true;
        }
        else if (opened.Foreign.Length > 0)
        {
            lines.Add(foreign);
        }

        return changes ? lines : null;
    }

    /// <summary>Also where it is base64, or JSON that escapes.</summary>
    private static bool Names(string text, NamedPerson person)
    {
        var plain = System.Text.RegularExpressions.Regex.Replace(
            text, @"\\u([0-9a-fA-F]{4})", found => ((char)Convert.ToInt32(found.Groups[1].Value, 16)).ToString(), System.Text.RegularExpressions.RegexOptions.None, TimeSpan.FromSeconds(1));
        if (person.IsIn(text) || person.IsIn(plain))
        {
            return true;
        }

        var bytes = new byte[text.Length];
        return Convert.TryFromBase64String(text.Trim(), bytes, out var length) && person.IsIn(Encoding.UTF8.GetString(bytes, 0, length));
    }

    /// <summary>Who is erased, and out of whose events.</summary>
    /// <param name="Organization">Null for everybody's, where it is only looked for them.</param>
    private sealed record Scope(string? Organization, NamedPerson Person, bool WithNobodys)
    {
        /// <returns>What takes the event's place; nothing where it stays as it is.</returns>
        public IReadOnlyList<AuditEvent> Without(AuditEvent? auditEvent)
        {
            var isOwn = Organization is null || auditEvent?.Organization == Organization || auditEvent?.AlsoIn == Organization || (WithNobodys && auditEvent?.Organization is null);
            if (auditEvent is null || !isOwn || EventEraser.Without(auditEvent, Person) is not { } left)
            {
                return [];
            }

            // Of two trails each gets its own: the other one's names the person until they are erased there.
            return left is { Organization: { } first, AlsoIn: { } second } && first != second
                ? [left with { Organization = Organization, AlsoIn = null }, auditEvent with { Organization = first == Organization ? second : first, AlsoIn = null }]
                : [left];
        }
    }
}
