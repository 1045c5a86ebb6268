using Google.Protobuf.WellKnownTypes;
using Grpc.Core;

namespace SecureZoom.LocalHost.Protocol;

/// <summary>The conversation with one worker: it is initialised, says which functions it has, and runs them.</summary>
internal sealed partial class WorkerChannel(ILoggerFactory loggers)
{
    /// <summary>The longest message that either side sends, in bytes.</summary>
    public const int MaxMessageLength = 128 * 1024 * 1024;

    private readonly Channel<StreamingMessage> _outgoing = Channel.CreateUnbounded<StreamingMessage>(new() { SingleReader = true });
    private readonly ConcurrentDictionary<string, TaskCompletionSource<StreamingMessage>> _awaited = new();
    private readonly TaskCompletionSource _started = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource _gone = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private Dictionary<string, string> _ids = [];

    /// <summary>The worker's id, by which the endpoint knows it.</summary>
    public string Id { get; } = Guid.NewGuid().ToString();

    /// <summary>Ends when the worker has hung up.</summary>
    public Task Gone => _gone.Task;

    /// <summary>The worker's own web server; null when it has no HTTP function.</summary>
    public Uri? HttpAddress { get; set; }

    public IReadOnlyList<Function> Functions { get; private set; } = [];

    /// <summary>Waits for the worker to call and loads its functions.</summary>
    /// <exception cref="HostException">The worker refuses, or has functions that this host cannot run.</exception>
    /// <exception cref="WorkerGoneException">It hung up.</exception>
    public async Task InitializeAsync(string appFolder, CancellationToken cancellationToken)
    {
        await _started.Task.WaitAsync(cancellationToken);
        var init = await AskAsync(new()
        {
            WorkerInitRequest = new() { HostVersion = "4.0.0", WorkerDirectory = appFolder, FunctionAppDirectory = appFolder },
        }).WaitAsync(cancellationToken);
        Check(init.WorkerInitResponse.Result, "The worker cannot be initialised");
        HttpAddress = init.WorkerInitResponse.Capabilities.TryGetValue("HttpUri", out var uri) ? new Uri(uri) : null;

        var answer = await AskAsync(new() { FunctionsMetadataRequest = new() { FunctionAppDirectory = appFolder } }).WaitAsync(cancellationToken);
        Check(answer.FunctionMetadataResponse.Result, "The worker cannot list its functions");
        var metadata = answer.FunctionMetadataResponse.FunctionMetadataResults;
        Functions = [.. metadata.Select(Function.Of)];
        _ids = metadata.ToDictionary(function => function.Name, function => function.FunctionId);
        await Task.WhenAll(metadata.Select(LoadAsync)).WaitAsync(cancellationToken);
    }

    /// <summary>Runs a function to its end.</summary>
    /// <param name="invocationId">The id under which the worker finds the request of an HTTP function.</param>
    /// <param name="triggerData">What the trigger's parameter gets.</param>
    /// <param name="metadata">Binding data: names and values.</param>
    /// <param name="trace">W3C's trace context, or empty.</param>
    /// <param name="cancel">Tells the function to give up; its end is waited for all the same.</param>
    /// <exception cref="FunctionFailedException">The function threw.</exception>
    /// <exception cref="WorkerGoneException">The worker ended first.</exception>
    public async Task InvokeAsync(
        Function function, string invocationId, TypedData triggerData, Dictionary<string, TypedData> metadata,
        RpcTraceContext trace, CancellationToken cancel)
    {
        var request = new InvocationRequest
        {
            InvocationId = invocationId,
            FunctionId = _ids[function.Name],
            InputData = { new ParameterBinding { Name = function.Parameter, Data = triggerData } },
            TriggerMetadata = { metadata },
            TraceContext = trace,
        };

        var answer = AskAsync(new() { InvocationRequest = request });
        await using var givingUp = cancel.Register(() => Send(new() { InvocationCancel = new() { InvocationId = invocationId } }));
        if ((await answer).InvocationResponse.Result is { Status: not StatusResult.Types.Status.Success } result)
        {
            throw new FunctionFailedException(function.Name, result.Exception);
        }
    }

    /// <summary>Asks the worker to finish what it is doing and to end.</summary>
    public void Terminate(TimeSpan grace) => Send(new() { WorkerTerminate = new() { GracePeriod = Duration.FromTimeSpan(grace) } });

    /// <summary>Carries messages to and fro until the worker hangs up.</summary>
    public async Task RunAsync(
        IAsyncStreamReader<StreamingMessage> incoming, IServerStreamWriter<StreamingMessage> outgoing, CancellationToken cancellationToken)
    {
        var sending = SendAllAsync(outgoing);
        _started.TrySetResult();
        try
        {
            while (await incoming.MoveNext(cancellationToken))
            {
                Take(incoming.Current);
            }
        }
        catch (Exception e) when (e is IOException or OperationCanceledException or InvalidOperationException)
        {
            // The worker was killed.
        }
        finally
        {
            HangUp();
            await sending;
        }
    }

    /// <summary>Fails everything that is waited for: the worker is no more.</summary>
    public void HangUp()
    {
        _gone.TrySetResult();
        _started.TrySetException(new WorkerGoneException());
        _outgoing.Writer.TryComplete();
        foreach (var waiting in _awaited.Values)
        {
            waiting.TrySetException(new WorkerGoneException());
        }
    }

    private async Task LoadAsync(RpcFunctionMetadata function)
    {
        var load = new FunctionLoadRequest { FunctionId = function.FunctionId, Metadata = function };
        foreach (var raw in function.RawBindings)
        {
            // Workers may leave this to the host, and without it an HTTP function finds no request.
            var (name, binding) = BindingInfoReader.Read(raw);
            function.Bindings[name] = binding;
        }

        var answer = await AskAsync(new() { FunctionLoadRequest = load });
        Check(answer.FunctionLoadResponse.Result, $"Function '{function.Name}' cannot be loaded");
    }

    /// <summary>Asks, and waits for the answer, which names the question.</summary>
    private async Task<StreamingMessage> AskAsync(StreamingMessage question)
    {
        question.RequestId = Guid.NewGuid().ToString();
        var answer = _awaited[question.RequestId] = new(TaskCreationOptions.RunContinuationsAsynchronously);
        Send(question);
        if (Gone.IsCompleted)
        {
            answer.TrySetException(new WorkerGoneException());
        }

        try
        {
            return await answer.Task;
        }
        finally
        {
            _awaited.TryRemove(question.RequestId, out _);
        }
    }

    private void Send(StreamingMessage message) => _outgoing.Writer.TryWrite(message);

    private void Take(StreamingMessage message)
    {
        if (message.RpcLog is { } entry)
        {
            WorkerLog.Write(loggers, entry);
        }
        else if (_awaited.TryGetValue(message.RequestId, out var waiting))
        {
            waiting.TrySetResult(message);
        }
    }

    private async Task SendAllAsync(IServerStreamWriter<StreamingMessage> outgoing)
    {
        try
        {
            await foreach (var message in _outgoing.Reader.ReadAllAsync())
            {
                await outgoing.WriteAsync(message);
            }
        }
        catch (Exception e) when (e is IOException or InvalidOperationException)
        {
            // The worker was killed: its end is noticed by whoever reads.
        }
    }

    private static void Check(StatusResult result, string otherwise)
    {
        if (result.Status != StatusResult.Types.Status.Success)
        {
            throw new HostException($"{otherwise}: {result.Exception?.Message}");
        }
    }
}
