using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Azure.Functions.Worker.Middleware;
using SecureZoom.Functions.Identity;
using SecureZoom.Functions.Revocations;

namespace SecureZoom.Functions.Authorization;

/// <summary>Lets a request through to its function only so often, and only for whom the function declared itself open.</summary>
internal sealed class AccessMiddleware(AccessRules rules, TokenValidator tokens, OrganizationDomains domains, GroupPermissions groups, CallLimits limits, EndedAccessList ended)
    : IFunctionsWorkerMiddleware
{
    public async Task Invoke(FunctionContext context, FunctionExecutionDelegate next)
    {
        // Queue and timer functions have no caller.
        if (context.GetHttpContext() is { } http && rules.For(context.FunctionDefinition) is { Access: not PublicAttribute } rule)
        {
            var token = await tokens.ValidateAsync(BearerToken.From(http.Request), http.RequestAborted);
            var function = context.FunctionDefinition.Name;
            // Before anything is refused: refusals cost, too.
            limits.CountPerson(Caller.PseudonymOf(token.Issuer, token.Subject), function, rule.Limit!);
            var caller = groups.CallerOf(token, await domains.ResolveAsync(token, http.RequestAborted));
            http.Features.Set(caller);
            await CheckAsync(caller, rule.Access, http.RequestAborted);
            if (rule.Access is RequiresAttribute { OrInvitation: false } required)
            {
                caller.Require(required.AnyOf);
            }

            limits.CountOrganization(token.Organization?.Id, function, rule.Limit!);
        }

        await next(context);
    }

    /// <summary>
    /// What neither gives nor changes anything goes on by the list as it was read last; before the first reading nobody is told anything.
    /// </summary>
    private async ValueTask CheckAsync(Caller caller, AccessAttribute access, CancellationToken cancellationToken)
    {
        var anyAge = access is SignedInAttribute or RequiresAttribute { GivesNothing: true };
        if (await ended.HasEndedAsync(caller.AccessIn(caller.Organization?.Id), anyAge, cancellationToken))
        {
            throw new IdentityException(IdentityError.Revoked, "Revoked.");
        }
    }
}
