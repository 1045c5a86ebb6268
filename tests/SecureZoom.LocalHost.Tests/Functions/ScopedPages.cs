using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Extensions.DependencyInjection;
using SecureZoom.LocalHost.Tests.Support;

namespace SecureZoom.LocalHost.Tests.Functions;

public sealed class ScopedPages(Scoped scoped)
{
    /// <summary>Its own scoped service, and the one that a result finds while it is written.</summary>
    [Function("Scoped")]
    public IResult Show([HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "scoped")] HttpRequest request) =>
        Results.Text($"{scoped.Id} {request.HttpContext.RequestServices.GetRequiredService<Scoped>().Id}");
}
