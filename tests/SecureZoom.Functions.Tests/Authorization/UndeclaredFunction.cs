using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;

namespace SecureZoom.Functions.Tests.Authorization;

/// <summary>What somebody might add without saying who may call it. The host of these tests finds it; the app never checked it.</summary>
public sealed class UndeclaredFunction(TimeProvider time)
{
    [Function("undeclared")]
    public IResult Get([HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "undeclared")] HttpRequest request) =>
        Results.Text($"{request.Path} at {time.GetUtcNow()}");
}
