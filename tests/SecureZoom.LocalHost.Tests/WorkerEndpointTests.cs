using System.Buffers.Binary;
using System.Net;
using Google.Protobuf;
using Microsoft.Extensions.Logging.Abstractions;
using SecureZoom.LocalHost.Protocol;
using SecureZoom.LocalHost.Tests.Support;

namespace SecureZoom.LocalHost.Tests;

/// <summary>Who may be a worker: only what the host has started, and once.</summary>
public sealed class WorkerEndpointTests
{
    private const string PermissionDenied = "7";

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_second_worker_of_one_id_and_a_stranger_are_turned_away_and_the_first_goes_on()
    {
        await using var endpoint = await WorkerEndpoint.StartAsync(NullLoggerFactory.Instance, Cancelled);
        var channel = endpoint.Expect();
        var init = channel.InitializeAsync("app", Cancelled);
        using var client = new HttpClient();

        using var first = new Call(client, endpoint.Address, channel.Id);
        await first.Answer;
        using var second = new Call(client, endpoint.Address, channel.Id);
        using var stranger = new Call(client, endpoint.Address, "stranger");

        Assert.Equal(PermissionDenied, await second.StatusAsync());
        Assert.Equal(PermissionDenied, await stranger.StatusAsync());
        Assert.False(channel.Gone.IsCompleted);
        first.HangUp();
        await Assert.ThrowsAsync<WorkerGoneException>(() => init.WaitAsync(Eventually.Deadline, Cancelled));
    }

    /// <summary>A worker's side of the conversation, as bytes: it says its id and then nothing.</summary>
    private sealed class Call : HttpContent
    {
        private readonly TaskCompletionSource _over = new(TaskCreationOptions.RunContinuationsAsynchronously);
        private readonly byte[] _message;
        private readonly HttpRequestMessage _request;

        public Call(HttpClient client, string address, string workerId)
        {
            _message = new StreamingMessage { StartStream = new() { WorkerId = workerId } }.ToByteArray();
            Headers.ContentType = new("application/grpc");
            _request = new(HttpMethod.Post, $"{address}/AzureFunctionsRpcMessages.FunctionRpc/EventStream")
            {
                Version = HttpVersion.Version20,
                VersionPolicy = HttpVersionPolicy.RequestVersionExact,
                Headers = { { "TE", "trailers" } },
                Content = this,
            };
            Answer = client.SendAsync(_request, HttpCompletionOption.ResponseHeadersRead, Cancelled);
        }

        public Task<HttpResponseMessage> Answer { get; }

        public void HangUp() => _over.TrySetResult();

        public async Task<string> StatusAsync()
        {
            using var answer = await Answer;
            HangUp();
            await answer.Content.ReadAsByteArrayAsync(Cancelled);
            return answer.Headers.Concat(answer.TrailingHeaders).Single(header => header.Key == "grpc-status").Value.Single();
        }

        protected override async Task SerializeToStreamAsync(Stream stream, TransportContext? context)
        {
            var head = new byte[5];
            BinaryPrimitives.WriteInt32BigEndian(head.AsSpan(1), _message.Length);
            await stream.WriteAsync(head);
            await stream.WriteAsync(_message);
            await stream.FlushAsync();
            await _over.Task;
        }

        protected override bool TryComputeLength(out long length)
        {
            length = 0;
            return false;
        }

        protected override void Dispose(bool disposing)
        {
            HangUp();
            base.Dispose(disposing);
        }
    }
}
