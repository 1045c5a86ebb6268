using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Azure.Functions.Worker.Middleware;
using SecureZoom.Functions.Identity;

namespace SecureZoom.Functions.Authorization;

/// <summary>Lets a request through to its function only for whom the function declared itself open.</summary>
internal sealed class AccessMiddleware(AccessRules rules, TokenValidator tokens, GroupPermissions groups) : IFunctionsWorkerMiddleware
{
    public async Task Invoke(FunctionContext context, FunctionExecutionDelegate next)
    {
        // Queue and timer functions have no caller.
        if (context.GetHttpContext() is { } http && rules.For(context.FunctionDefinition) is var rule and not PublicAttribute)
        {
            var token = await tokens.ValidateAsync(await BearerToken.FromAsync(http.Request, http.RequestAborted), http.RequestAborted);
            var caller = groups.CallerOf(token);
            http.Features.Set(caller);
            if (rule is RequiresAttribute required)
            {
                Check(caller, required);
            }
        }

        await next(context);
    }

    private static void Check(Caller caller, RequiresAttribute required)
    {
        if (caller.Organization is null)
        {
            throw new AccessException(AccessError.OrganizationRequired, "Sign in to an organisation.");
        }

        if (required.OrGrant || required.AnyOf.Any(caller.May))
        {
            return;
        }

        throw caller.HostingNeedsMfa && required.AnyOf.Contains(Permissions.MeetingsHost)
            ? new AccessException(AccessError.MfaRequired, "Sign in with a second factor to host.")
            : new AccessException(AccessError.InsufficientScope, $"Needs {string.Join(" or ", required.AnyOf)}.");
    }
}
