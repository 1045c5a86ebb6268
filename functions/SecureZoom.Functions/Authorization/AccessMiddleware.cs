using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Azure.Functions.Worker.Middleware;
using SecureZoom.Functions.Identity;

namespace SecureZoom.Functions.Authorization;

/// <summary>Lets a request through to its function only so often, and only for whom the function declared itself open.</summary>
internal sealed class AccessMiddleware(AccessRules rules, TokenValidator tokens, OrganizationDomains domains, GroupPermissions groups, CallLimits limits)
    : IFunctionsWorkerMiddleware
{
    public async Task Invoke(FunctionContext context, FunctionExecutionDelegate next)
    {
        // Queue and timer functions have no caller.
        if (context.GetHttpContext() is { } http && rules.For(context.FunctionDefinition) is { Access: not PublicAttribute } rule)
        {
            var token = await tokens.ValidateAsync(BearerToken.From(http.Request), http.RequestAborted);
            // Before anything is refused: refusals cost, too.
            limits.Count(Caller.PseudonymOf(token.Issuer, token.Subject), token.Organization?.Id, context.FunctionDefinition.Name, rule.Limit!);
            var caller = groups.CallerOf(token, await domains.ResolveAsync(token, http.RequestAborted));
            http.Features.Set(caller);
            if (rule.Access is RequiresAttribute { OrInvitation: false } required)
            {
                caller.Require(required.AnyOf);
            }
        }

        await next(context);
    }
}
