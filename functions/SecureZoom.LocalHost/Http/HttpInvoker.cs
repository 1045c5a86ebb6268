namespace SecureZoom.LocalHost.Http;

/// <summary>Answers a request by its function: the call goes to the worker by RPC, the request itself to the worker's own server.</summary>
internal sealed class HttpInvoker(IHttpForwarder forwarder, WorkerSource workers, ILoggerFactory loggers) : IDisposable
{
    // As long as Azure's front end waits.
    private static readonly ForwarderRequestConfig Patience = new() { ActivityTimeout = TimeSpan.FromSeconds(230), Version = HttpVersion.Version11 };

    private readonly HttpMessageInvoker _client = new(new SocketsHttpHandler { UseProxy = false, UseCookies = false, AllowAutoRedirect = false, ActivityHeadersPropagator = null, RequestHeaderEncodingSelector = static (_, _) => Encoding.UTF8 });

    public async Task AnswerAsync(HttpContext context, Function function)
    {
        var invocationId = Guid.NewGuid().ToString();
        using var cancel = CancellationTokenSource.CreateLinkedTokenSource(context.RequestAborted);
        try
        {
            var worker = await workers(context.RequestAborted);
            var invocation = worker.InvokeAsync(
                function, invocationId, new() { Http = new() }, RouteValues(context), TraceContext(context.Request.Headers), cancel.Token);
            var error = await forwarder.SendAsync(
                context, worker.HttpAddress!.AbsoluteUri, _client, Patience, (_, request) => Introduce(context, request, invocationId));
            if (error != ForwarderError.None)
            {
                // The forwarder has answered, or there is nobody to answer: the function has nothing left to do.
                await context.Response.CompleteAsync();
                await cancel.CancelAsync();
                await invocation.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
                return;
            }

            // The worker's answer to a request is good even when the function has thrown: only the call tells.
            await invocation;
        }
        catch (FunctionFailedException e)
        {
            if (!context.RequestAborted.IsCancellationRequested)
            {
                WorkerLog.Write(loggers, e);
            }

            Fail(context, StatusCodes.Status500InternalServerError);
        }
        catch (Exception e) when (e is WorkerGoneException or OperationCanceledException)
        {
            Fail(context, StatusCodes.Status502BadGateway);
        }
    }

    public void Dispose() => _client.Dispose();

    private static void Fail(HttpContext context, int status)
    {
        if (context.Response.HasStarted)
        {
            // So that no client takes half an answer for the whole.
            context.Abort();
            return;
        }

        context.Response.Clear();
        context.Response.StatusCode = status;
    }

    private static Dictionary<string, TypedData> RouteValues(HttpContext context) => context.Request.RouteValues.Where(value => value.Value is not null)
        .ToDictionary(value => value.Key, value => new TypedData { String = Convert.ToString(value.Value, CultureInfo.InvariantCulture) });

    private static RpcTraceContext TraceContext(IHeaderDictionary headers) =>
        new() { TraceParent = headers.TraceParent.ToString(), TraceState = headers.TraceState.ToString() };

    /// <summary>Says the call's id, and the caller's address in the place of what the caller says of itself.</summary>
    private static ValueTask Introduce(HttpContext context, HttpRequestMessage request, string invocationId)
    {
        Set("x-ms-invocation-id", invocationId);
        Set("X-Forwarded-For", new IPEndPoint(context.Connection.RemoteIpAddress!, context.Connection.RemotePort).ToString());
        Set("X-Forwarded-Host", context.Request.Host.Value);
        // The worker's server is asked under its own name: it may refuse one that the host lets through.
        request.Headers.Host = null;
        Set("X-Forwarded-Proto", context.Request.Scheme);
        return ValueTask.CompletedTask;

        void Set(string name, string? value)
        {
            request.Headers.Remove(name);
            request.Headers.TryAddWithoutValidation(name, value);
        }
    }
}
