using Microsoft.AspNetCore.Http;
using SecureZoom.Functions.Telemetry;

namespace SecureZoom.Functions.Authorization;

/// <summary>A call under way: who makes it and from where.</summary>
public sealed record CallContext(Caller Caller, RequestClient Client)
{
    /// <exception cref="InvalidOperationException">The function is public: it has no caller.</exception>
    public static CallContext Of(HttpRequest request) => new(
        request.Caller(),
        new RequestClient(
            request.HttpContext.Connection.RemoteIpAddress?.ToString(),
            request.Headers.UserAgent.ToString() is { Length: > 0 } agent ? agent : null,
            AppTraces.CurrentTraceId));
}
