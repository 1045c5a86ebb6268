using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Azure.Functions.Worker.Middleware;
using SecureZoom.Functions.Identity;

namespace SecureZoom.Functions.Authorization;

/// <summary>Lets a request through to its function only for whom the function declared itself open, and only so often.</summary>
internal sealed class AccessMiddleware(AccessRules rules, TokenValidator tokens, OrganizationDomains domains, GroupPermissions groups, CallLimits limits)
    : IFunctionsWorkerMiddleware
{
    public async Task Invoke(FunctionContext context, FunctionExecutionDelegate next)
    {
        // Queue and timer functions have no caller.
        if (context.GetHttpContext() is { } http && rules.For(context.FunctionDefinition) is { Access: not PublicAttribute } rule)
        {
            var token = await tokens.ValidateAsync(BearerToken.From(http.Request), http.RequestAborted);
            var caller = groups.CallerOf(token, await domains.JudgeAsync(token, http.RequestAborted));
            http.Features.Set(caller);
            if (rule.Access is RequiresAttribute required)
            {
                Check(caller, required);
            }

            limits.Count(caller, context.FunctionDefinition.Name, rule.Limit!);
        }

        await next(context);
    }

    private static void Check(Caller caller, RequiresAttribute required)
    {
        if (required.OrInvitation)
        {
            return;
        }

        if (caller.Organization is null)
        {
            throw new AccessException(AccessError.OrganizationRequired, "Sign in to an organisation.");
        }

        if (required.AnyOf.Any(caller.May))
        {
            return;
        }

        throw caller.HostingNeedsMfa && required.AnyOf.Contains(Permissions.MeetingsHost)
            ? new AccessException(AccessError.MfaRequired, "Sign in with a second factor to host.")
            : new AccessException(AccessError.InsufficientScope, $"Needs {string.Join(" or ", required.AnyOf)}.");
    }
}
