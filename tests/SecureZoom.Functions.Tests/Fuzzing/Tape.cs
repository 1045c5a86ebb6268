using System.Collections.Concurrent;
using System.Net;
using System.Text.RegularExpressions;
using Azure.Core.Pipeline;
using Azure.Data.Tables;
using Azure.Storage.Blobs;
using Azure.Storage.Queues;
using Microsoft.Extensions.DependencyInjection;
using SecureZoom.Functions.Audit.Recording;
using SecureZoom.Functions.Identity;
using SecureZoom.Functions.IdentityEvents;
using SecureZoom.Functions.Meetings;
using SecureZoom.Functions.Revocations;
using SecureZoom.Functions.Tests.Support;
using SecureZoom.Functions.Zoom;

namespace SecureZoom.Functions.Tests.Fuzzing;

/// <summary>What storage and Zoom answered once, and answer again without being asked: thousands of calls then cost what the app costs.</summary>
internal sealed partial class Tape
{
    /// <summary>What is read ahead.</summary>
    private static readonly string[] Partitions = [WithdrawalList.Partition, DomainOwners.Partition, EndedAccessList.Partition, SourceHeartbeats.Partition];

    private readonly ConcurrentDictionary<string, Recorded> _answers = new(StringComparer.Ordinal);

    private readonly AsyncLocal<bool> _plays = new();

    /// <summary>
    /// From here on, in this call and what it begins, what is known is answered from here: a request that is like a known one gets that
    /// one's answer. Timers and queues go on with the real ones.
    /// </summary>
    public void Play() => _plays.Value = true;

    /// <summary>Puts the tape between an app and all that it stands on.</summary>
    public void Serve(IServiceCollection services, Cloud cloud)
    {
        var connection = cloud.Storage.ConnectionString;
        var transport = new HttpClientTransport(new Recorder(this, new SocketsHttpHandler()));
        services
            .AddSingleton(new TableServiceClient(connection, new TableClientOptions { Transport = transport }))
            .AddSingleton(new BlobServiceClient(connection, new BlobClientOptions { Transport = transport }))
            .AddSingleton(new QueueClient(
                connection, AuditRecorder.QueueName, new QueueClientOptions { Transport = transport, MessageEncoding = QueueMessageEncoding.Base64 }));
        services.AddHttpClient(ZoomTokens.HttpClientName).AddHttpMessageHandler(() => new Recorder(this));
        services.AddHttpClient(ZoomCalls.HttpClientName).AddHttpMessageHandler(() => new Recorder(this));
    }

    /// <summary>Without what differs between two of a kind.</summary>
    [GeneratedRegex(@"filter=[^&]*|\([^)]+\)|\d+|/users/[^/?]*")]
    private static partial Regex Particulars();

    /// <summary>An answer, to be given as often as it is asked for.</summary>
    private sealed record Recorded(HttpStatusCode Status, (string Name, string[] Values)[] Headers, (string Name, string[] Values)[] ContentHeaders, byte[] Body)
    {
        private const string ClientRequestId = "x-ms-client-request-id";

        public static async Task<Recorded> OfAsync(HttpResponseMessage response, CancellationToken cancellationToken) => new(
            response.StatusCode,
            [.. response.Headers.Select(header => (header.Key, header.Value.ToArray()))],
            [.. response.Content.Headers.Select(header => (header.Key, header.Value.ToArray()))],
            await response.Content.ReadAsByteArrayAsync(cancellationToken));

        public HttpResponseMessage To(HttpRequestMessage request)
        {
            var response = new HttpResponseMessage(Status) { RequestMessage = request, Content = new ByteArrayContent(Body) };
            foreach (var (name, values) in Headers)
            {
                response.Headers.TryAddWithoutValidation(name, values);
            }

            // Storage's client wants its own word back.
            if (request.Headers.TryGetValues(ClientRequestId, out var id))
            {
                response.Headers.Remove(ClientRequestId);
                response.Headers.TryAddWithoutValidation(ClientRequestId, id);
            }

            foreach (var (name, values) in ContentHeaders)
            {
                response.Content.Headers.TryAddWithoutValidation(name, values);
            }

            return response;
        }
    }

    /// <summary>Records what goes by, or plays it.</summary>
    private sealed class Recorder : DelegatingHandler
    {
        private const string Registry = " of the registry";

        private readonly Tape _tape;

        public Recorder(Tape tape) => _tape = tape;

        public Recorder(Tape tape, HttpMessageHandler inner)
            : base(inner) => _tape = tape;

        protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            var exactly = $"{request.Method} {request.RequestUri!.PathAndQuery}{await RegistryOf(request, cancellationToken)}";
            var about = $"about {Particulars().Replace(exactly, "#")}";
            if (_tape._plays.Value && !IsRemembered(request.RequestUri, exactly) && (_tape._answers.TryGetValue(exactly, out var known) || _tape._answers.TryGetValue(about, out known)))
            {
                return known.To(request);
            }

            using var response = await base.SendAsync(request, cancellationToken);
            var recorded = await Recorded.OfAsync(response, cancellationToken);
            _tape._answers[exactly] = recorded;
            _tape._answers[about] = recorded;
            return recorded.To(request);
        }

        /// <summary>Marks the registry's transactions, which like its reads are about what the call alone knows.</summary>
        private static async Task<string> RegistryOf(HttpRequestMessage request, CancellationToken cancellationToken) =>
            IsTransaction(request.RequestUri!) && (await request.Content!.ReadAsStringAsync(cancellationToken)).Contains($"/{MeetingTable.Name}(", StringComparison.Ordinal)
                ? Registry
                : "";

        private static bool IsTransaction(Uri address) => address.AbsolutePath.EndsWith("/$batch", StringComparison.Ordinal);

        /// <summary>Whether the app knows from call to call what is there: what it reads ahead, and what else it changes in transactions.</summary>
        private static bool IsRemembered(Uri address, string request) =>
            (IsTransaction(address) && !request.EndsWith(Registry, StringComparison.Ordinal))
            || Partitions.Any(partition => Uri.UnescapeDataString(address.Query).Contains($"'{partition}'", StringComparison.Ordinal));
    }
}
