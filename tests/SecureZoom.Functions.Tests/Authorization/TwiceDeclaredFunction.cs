using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using SecureZoom.Functions.Authorization;

namespace SecureZoom.Functions.Tests.Authorization;

/// <summary>Says two things about who may call it.</summary>
public sealed class TwiceDeclaredFunction(TimeProvider time)
{
    [Function("twice-declared")]
    [Public("Nobody knows.")]
    [Requires(Permissions.MeetingsJoin)]
    public IResult Get([HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "twice-declared")] HttpRequest request) =>
        Results.Text($"{request.Path} at {time.GetUtcNow()}");
}
