using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;

namespace SecureZoom.LocalHost.Tests.Support;

internal static class FunctionContextRequest
{
    public static HttpRequest GetRequest(this FunctionContext context) => context.GetHttpContext()!.Request;
}
