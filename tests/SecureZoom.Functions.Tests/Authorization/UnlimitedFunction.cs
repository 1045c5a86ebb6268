using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using SecureZoom.Functions.Authorization;

namespace SecureZoom.Functions.Tests.Authorization;

/// <summary>Says who may call it and not how often.</summary>
public sealed class UnlimitedFunction(TimeProvider time)
{
    [Function("unlimited")]
    [SignedIn]
    public IResult Get([HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "unlimited")] HttpRequest request) =>
        Results.Text($"{request.Path} at {time.GetUtcNow()}");
}
