using System.Globalization;
using System.Net;
using SecureZoom.Verification.Log;

namespace SecureZoom.Functions.Audit.Checkpoints;

/// <summary>Shows checkpoints to witnesses; nothing that they answer is trusted but what their keys have signed.</summary>
public sealed class WitnessClient(IHttpClientFactory clients)
{
    public const string HttpClientName = "witness";

    /// <summary>The most that is read of an answer.</summary>
    internal const int MaxAnswer = 16 * 1024;

    /// <summary>The longest that is waited for one.</summary>
    internal static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);

    internal async Task<WitnessReply> AskAsync(AuditWitness witness, WitnessRequest request, CancellationToken cancellationToken)
    {
        try
        {
            using var content = new StringContent(request.ToString());
            using var answer = await clients.CreateClient(HttpClientName).PostAsync(witness.AddCheckpoint, content, cancellationToken);
            var body = await answer.Content.ReadAsByteArrayAsync(cancellationToken);
            return answer.StatusCode switch
            {
                HttpStatusCode.OK => Read(witness, request.Checkpoint, body),
                HttpStatusCode.Conflict when long.TryParse(
                    System.Text.Encoding.ASCII.GetString(body).TrimEnd('\n'), NumberStyles.None, CultureInfo.InvariantCulture, out var size) => new(Known: size),
                HttpStatusCode.UnprocessableEntity => new(IsContradicted: true),
                var status => new(Failure: $"It answers {(int)status}"),
            };
        }
        catch (Exception exception) when (exception is HttpRequestException or IOException
            || (exception is OperationCanceledException && !cancellationToken.IsCancellationRequested))
        {
            return new(Failure: exception.GetType().Name);
        }
    }

    /// <summary>Its signature among the lines; those of keys that are not its own are passed over.</summary>
    private static WitnessReply Read(AuditWitness witness, SignedNote checkpoint, byte[] lines)
    {
        byte[] note = [.. System.Text.Encoding.UTF8.GetBytes($"{checkpoint.Text}\n"), .. lines];
        return SignedNote.TryParse(note, out var cosigned) && cosigned.Verify(witness.Key).Count > 0
            ? new(Cosignature: cosigned.Signatures.First(line => line.KeyName == witness.Key.Name && line.KeyId == witness.Key.Id))
            : new(Failure: "Its answer is no signature of its key");
    }
}
