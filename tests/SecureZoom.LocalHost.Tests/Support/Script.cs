using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;

namespace SecureZoom.LocalHost.Tests.Support;

/// <summary>What the functions of a test do: they all act it out.</summary>
public sealed class Script(Func<FunctionContext, object?, Task<IResult>> act)
{
    /// <param name="input">Whatever was bound besides the context: a route value, a message, a timer.</param>
    public Task<IResult> ActAsync(FunctionContext context, object? input = null) => act(context, input);
}
