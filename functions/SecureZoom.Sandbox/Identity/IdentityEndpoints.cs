using System.Globalization;
using System.Net;
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
internal sealed class IdentityEndpoints(IdentityProviderOptions options, Sessions sessions, RefreshFamilies families, AccessTokens tokens, People people)
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
        if ((request.HasPromptValue(PromptValues.Login) ? null : sessions.Find(context)) is not { } session || people.IsSuspended(session.Account))
        {
            return request.HasPromptValue(PromptValues.None)
                ? Refuse(Errors.LoginRequired, "Login required")
                : Results.LocalRedirect($"/u/login{ToQuery(request)}");
        }

        return RefuseTarget(request, session.Account)
            ?? Results.SignIn(
                CreatePrincipal(session.Account, session.SignIn, request.GetScopes(), Audience(request), Guid.NewGuid().ToString("n"), rotation: "code"),
                authenticationScheme: Scheme);
    }

    private async Task SignInAsync(HttpContext context)
    {
        var form = await context.Request.ReadFormAsync(context.RequestAborted);
        var (verdict, account) = people.TrySignIn(form["username"], form["password"], Code(form["code"]), context.Connection.RemoteIpAddress);
        if (verdict is Verdict.CodeNeeded or Verdict.WrongCode)
        {
            await SignInPage.WriteCodeAsync(
                context, options.Site, account!, people.CodeOf(account!)!, verdict == Verdict.WrongCode ? "Wrong code." : null);
            return;
        }

        if (verdict != Verdict.SignedIn)
        {
            await SignInPage.WriteAsync(context, options.Site, Describe(verdict));
            return;
        }

        sessions.Begin(context, account!, SignIn.Now(options.Time));
        context.Response.Redirect($"/authorize{WithoutPrompt(context.Request.Query)}");
    }

    private async Task<IResult> ExchangeAsync(HttpContext context)
    {
        var request = context.GetOpenIddictServerRequest()!;
        return request.IsPasswordGrantType() ? ExchangePassword(request, context.Connection.RemoteIpAddress) : await ContinueFamilyAsync(context);
    }

    private IResult ExchangePassword(OpenIddictRequest request, IPAddress? from)
    {
        var (verdict, account) = people.TrySignIn(request.Username, request.Password, Code((string?)request.GetParameter("otp")), from);
        if (verdict != Verdict.SignedIn)
        {
            return verdict == Verdict.CodeNeeded
                ? Refuse("mfa_required", "Multifactor authentication required: send otp.")
                : Refuse(Errors.InvalidGrant, Describe(verdict));
        }

        if (RefuseTarget(request, account!) is { } refusal)
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
            account!, SignIn.Now(options.Time), scopes, Audience(request), Guid.NewGuid().ToString("n"), Guid.NewGuid().ToString("n"));
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
            || people.IsSuspended(account)
            || families.HasEnded(account, SignInOf(shown))
            || !families.TryUse(family, shown.GetClaim(AuthorizationServer.RotationClaim)!, next))
        {
            // auth0-spa-js looks for the second words before it falls back to a hidden frame.
            return Refuse(
                Errors.InvalidGrant,
                context.GetOpenIddictServerRequest()!.IsAuthorizationCodeGrantType()
                    ? "Invalid authorization code"
                    : "Unknown or invalid refresh token.");
        }

        return Results.SignIn(
            CreatePrincipal(account, SignInOf(shown), shown.GetScopes(), shown.GetClaim(AuthorizationServer.AudienceClaim), family, next),
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

        if (sessions.Find(context) is { } session)
        {
            people.SignOut(session.Account, session.SignIn.Session, context.Connection.RemoteIpAddress);
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
        SignIn signIn,
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
            .SetClaim(AuthorizationServer.SessionClaim, signIn.Session)
            .SetClaim(AuthorizationServer.SignedInClaim, signIn.At.ToString(CultureInfo.InvariantCulture))
            .SetScopes(scopes)
            .SetDestinations(claim => claim.Type switch
            {
                AuthorizationServer.AudienceClaim or AuthorizationServer.SessionClaim or AuthorizationServer.SignedInClaim => [Destinations.AccessToken],
                AuthorizationServer.FamilyClaim or AuthorizationServer.RotationClaim => [],
                _ => [Destinations.IdentityToken],
            });
        return new ClaimsPrincipal(identity);
    }

    private static SignIn SignInOf(ClaimsPrincipal shown) => new(
        shown.GetClaim(AuthorizationServer.SessionClaim)!,
        long.Parse(shown.GetClaim(AuthorizationServer.SignedInClaim)!, CultureInfo.InvariantCulture));

    private static string? Code(string? typed) => string.IsNullOrWhiteSpace(typed) ? null : typed.Trim();

    private static string Describe(Verdict verdict) => verdict switch
    {
        Verdict.Locked => "Your account has been locked after several failed attempts. Try again in a minute.",
        Verdict.Suspended => "Your account is suspended.",
        Verdict.WrongCode => "Wrong code.",
        _ => "Wrong email or password.",
    };

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
