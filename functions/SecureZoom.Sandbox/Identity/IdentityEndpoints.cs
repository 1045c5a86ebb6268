using System.Security.Claims;
using Microsoft.AspNetCore;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Extensions;
using Microsoft.AspNetCore.Routing;
using OpenIddict.Abstractions;
using OpenIddict.Server.AspNetCore;
using static OpenIddict.Abstractions.OpenIddictConstants;

namespace SecureZoom.Sandbox.Identity;

/// <summary>What the tenant decides itself: who signs in, which tokens are handed out, where a browser goes then.</summary>
internal sealed class IdentityEndpoints(IdentityProviderOptions options, Sessions sessions, RefreshFamilies families, AccessTokens tokens)
{
    private const string Scheme = OpenIddictServerAspNetCoreDefaults.AuthenticationScheme;

    public void Map(IEndpointRouteBuilder routes)
    {
        routes.MapMethods("/authorize", [HttpMethods.Get, HttpMethods.Post], Authorize);
        routes.MapGet("/u/login", (HttpContext context) => SignInPage.WriteAsync(context, options.Site, message: null));
        routes.MapPost("/u/login", SignInAsync);
        routes.MapGet("/u/login.css", SignInPage.StyleSheet);
        routes.MapPost("/oauth/token", (Delegate)ExchangeAsync);
        routes.MapMethods("/userinfo", [HttpMethods.Get, HttpMethods.Post], (Delegate)UserInfoAsync);
        routes.MapGet("/v2/logout", SignOut);
    }

    private IResult Authorize(HttpContext context)
    {
        var request = context.GetOpenIddictServerRequest()!;
        var account = request.HasPromptValue(PromptValues.Login) ? null : sessions.Find(context);
        if (account is null)
        {
            return request.HasPromptValue(PromptValues.None)
                ? Refuse(Errors.LoginRequired, "Login required")
                : Results.LocalRedirect($"/u/login{ToQuery(request)}");
        }

        return RefuseTarget(request, account)
            ?? Results.SignIn(
                CreatePrincipal(account, request.GetScopes(), Audience(request), Guid.NewGuid().ToString("n"), rotation: "code"),
                authenticationScheme: Scheme);
    }

    private async Task SignInAsync(HttpContext context)
    {
        var form = await context.Request.ReadFormAsync(context.RequestAborted);
        if (Authenticate(form["username"], form["password"]) is not { } account)
        {
            await SignInPage.WriteAsync(context, options.Site, "Wrong email or password.");
            return;
        }

        sessions.Begin(context, account);
        context.Response.Redirect($"/authorize{WithoutPrompt(context.Request.Query)}");
    }

    private async Task<IResult> ExchangeAsync(HttpContext context)
    {
        var request = context.GetOpenIddictServerRequest()!;
        return request.IsPasswordGrantType() ? ExchangePassword(request) : await ContinueFamilyAsync(context);
    }

    private static IResult ExchangePassword(OpenIddictRequest request)
    {
        if (Authenticate(request.Username, request.Password) is not { } account)
        {
            return Refuse(Errors.InvalidGrant, "Wrong email or password.");
        }

        if (RefuseTarget(request, account) is { } refusal)
        {
            return refusal;
        }

        TokenOverrides overrides;
        try
        {
            overrides = TokenOverrides.From(request);
        }
        catch (FormatException fault)
        {
            return Refuse(Errors.InvalidRequest, fault.Message);
        }

        var scopes = request.GetScopes() is { IsEmpty: false } asked ? asked : [Scopes.OpenId, Scopes.Profile, Scopes.Email];
        var principal = CreatePrincipal(
            account, scopes, Audience(request), Guid.NewGuid().ToString("n"), Guid.NewGuid().ToString("n"));
        if (overrides.ExpiresIn is { } seconds)
        {
            principal.SetAccessTokenLifetime(TimeSpan.FromSeconds(seconds));
        }

        return Results.SignIn(principal, authenticationScheme: Scheme);
    }

    private async Task<IResult> ContinueFamilyAsync(HttpContext context)
    {
        var shown = (await context.AuthenticateAsync(Scheme)).Principal!;
        var (family, next) = (shown.GetClaim(AuthorizationServer.FamilyClaim)!, Guid.NewGuid().ToString("n"));
        if (Accounts.WithSubject(shown.GetClaim(Claims.Subject)) is not { } account
            || !families.TryUse(family, shown.GetClaim(AuthorizationServer.RotationClaim)!, next))
        {
            // auth0-spa-js looks for these words before it falls back to a hidden frame.
            return Refuse(Errors.InvalidGrant, "Unknown or invalid refresh token.");
        }

        return Results.SignIn(
            CreatePrincipal(account, shown.GetScopes(), shown.GetClaim(AuthorizationServer.AudienceClaim), family, next),
            authenticationScheme: Scheme);
    }

    private async Task<IResult> UserInfoAsync(HttpContext context)
    {
        var authorization = context.Request.Headers.Authorization.ToString();
        return authorization.StartsWith("Bearer ", StringComparison.OrdinalIgnoreCase)
            && await tokens.FindAccountAsync(authorization["Bearer ".Length..]) is { } account
            ? Results.Json(new
            {
                sub = account.Subject,
                name = account.Name,
                email = account.Email,
                email_verified = true,
                org_id = account.OrganizationId,
                org_name = account.OrganizationName,
            })
            : Results.Text("Unauthorized", statusCode: StatusCodes.Status401Unauthorized);
    }

    private IResult SignOut(HttpContext context, string? returnTo)
    {
        if (returnTo is not null && !options.IsOnSite(returnTo))
        {
            return Results.Text(
                "The returnTo address is not in the list of allowed logout URLs.",
                statusCode: StatusCodes.Status400BadRequest);
        }

        sessions.End(context);
        return returnTo is null ? Results.Text("OK") : Results.Redirect(returnTo);
    }

    private static IResult? RefuseTarget(OpenIddictRequest request, Account account)
    {
        if (Audience(request) is { } audience && audience != IdentityProvider.Audience)
        {
            return Refuse(Errors.AccessDenied, $"Service not found: {audience}");
        }

        var organization = (string?)request.GetParameter("organization");
        return organization is null
            || organization == account.OrganizationId
            || string.Equals(organization, account.OrganizationName, StringComparison.OrdinalIgnoreCase)
            ? null
            : Refuse(Errors.AccessDenied, $"user is not part of the {organization} organization");
    }

    private static ClaimsPrincipal CreatePrincipal(
        Account account,
        IEnumerable<string> scopes,
        string? audience,
        string family,
        string rotation)
    {
        var identity = new ClaimsIdentity(Scheme, Claims.Name, Claims.Role);
        identity.SetClaim(Claims.Subject, account.Subject)
            .SetClaim(Claims.Name, account.Name)
            .SetClaim(Claims.Email, account.Email)
            .SetClaim(Claims.EmailVerified, true)
            .SetClaim("org_id", account.OrganizationId)
            .SetClaim("org_name", account.OrganizationName)
            .SetClaim(AuthorizationServer.AudienceClaim, audience)
            .SetClaim(AuthorizationServer.FamilyClaim, family)
            .SetClaim(AuthorizationServer.RotationClaim, rotation)
            .SetScopes(scopes)
            .SetDestinations(claim => claim.Type switch
            {
                AuthorizationServer.AudienceClaim => [Destinations.AccessToken],
                AuthorizationServer.FamilyClaim or AuthorizationServer.RotationClaim => [],
                _ => [Destinations.IdentityToken],
            });
        return new ClaimsPrincipal(identity);
    }

    private static Account? Authenticate(string? email, string? password) =>
        password == Account.Password ? Accounts.WithEmail(email) : null;

    private static string? Audience(OpenIddictRequest request) =>
        (string?)request.GetParameter(AuthorizationServer.AudienceParameter);

    private static IResult Refuse(string error, string description) => Results.Forbid(
        new AuthenticationProperties(new Dictionary<string, string?>
        {
            [OpenIddictServerAspNetCoreConstants.Properties.Error] = error,
            [OpenIddictServerAspNetCoreConstants.Properties.ErrorDescription] = description,
        }),
        [Scheme]);

    private static string ToQuery(OpenIddictRequest request)
    {
        var query = new QueryBuilder();
        foreach (var (name, value) in request.GetParameters())
        {
            query.Add(name == AuthorizationServer.AudienceParameter ? Parameters.Audience : name, (string?)value ?? "");
        }

        return query.ToString();
    }

    private static QueryString WithoutPrompt(IQueryCollection query) =>
        QueryString.Create(query.Where(parameter => parameter.Key != Parameters.Prompt));
}
