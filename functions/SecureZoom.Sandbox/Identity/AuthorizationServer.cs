using System.Globalization;
using System.Security.Claims;
using System.Text.Json;
using Microsoft.AspNetCore;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.IdentityModel.Tokens;
using OpenIddict.Abstractions;
using OpenIddict.Server;
using OpenIddict.Server.AspNetCore;
using static OpenIddict.Abstractions.OpenIddictConstants;
using static OpenIddict.Server.OpenIddictServerEvents;

namespace SecureZoom.Sandbox.Identity;

/// <summary>Teaches OpenIddict what Auth0 does differently. It runs without a database: what it keeps is in tokens.</summary>
internal sealed class AuthorizationServer(
    Uri issuer,
    IdentityProviderOptions options,
    SigningKeys keys,
    AccessTokens tokens,
    RefreshFamilies families,
    TimeSpan tokenLife)
{
    /// <summary>Auth0's <c>audience</c>, under a name that OpenIddict has no opinion on.</summary>
    public const string AudienceParameter = "api_audience";

    /// <summary>The private claim of the API that the tokens are for; absent for opaque tokens.</summary>
    public const string AudienceClaim = "sandbox:audience";

    /// <summary>The private claim of the family of refresh tokens.</summary>
    public const string FamilyClaim = "sandbox:family";

    /// <summary>The private claim of the token's place in its family.</summary>
    public const string RotationClaim = "sandbox:rotation";

    /// <summary>The private claim of the session, which refreshes keep.</summary>
    public const string SessionClaim = "sandbox:session";

    /// <summary>The private claim of the time of the sign-in, which refreshes keep.</summary>
    public const string SignedInClaim = "sandbox:signed-in";

    private const string WebMessage = "web_message";

    public void Configure(OpenIddictServerBuilder server)
    {
        server.EnableDegradedMode()
            .SetIssuer(issuer)
            .SetConfigurationEndpointUris(".well-known/openid-configuration")
            .SetJsonWebKeySetEndpointUris(".well-known/jwks.json")
            .SetAuthorizationEndpointUris("authorize")
            .SetTokenEndpointUris("oauth/token")
            .SetRevocationEndpointUris("oauth/revoke")
            .AllowAuthorizationCodeFlow()
            .RequireProofKeyForCodeExchange()
            .AllowRefreshTokenFlow()
            .AllowPasswordFlow()
            .AcceptAnonymousClients()
            .DisableScopeValidation()
            .DisableAudienceValidation()
            .DisableResourceValidation()
            .DisableAccessTokenEncryption()
            .RegisterScopes(Scopes.OpenId, Scopes.Profile, Scopes.Email, Scopes.OfflineAccess)
            .SetAccessTokenLifetime(tokenLife)
            .SetIdentityTokenLifetime(TimeSpan.FromHours(10))
            .AddSigningCredentials(keys.Of(TokenKey.Current))
            .AddEncryptionKey(keys.Encryption)
            .Configure(configured =>
            {
                configured.TimeProvider = options.Time;
                configured.CodeChallengeMethods.Remove(CodeChallengeMethods.Plain);
                configured.ResponseModes.Add(WebMessage);
            });
        server.UseAspNetCore()
            .DisableTransportSecurityRequirement()
            .EnableAuthorizationEndpointPassthrough()
            .EnableTokenEndpointPassthrough();

        server.AddEventHandler<ExtractAuthorizationRequestContext>(handler => handler
            .SetOrder(int.MaxValue)
            .UseInlineHandler(context => RenameAudience(context.Request)));
        server.AddEventHandler<ExtractTokenRequestContext>(handler => handler
            .SetOrder(int.MaxValue)
            .UseInlineHandler(context => RenameAudience(context.Request)));
        server.AddEventHandler<ValidateAuthorizationRequestContext>(handler => handler
            .UseInlineHandler(ValidateRedirect));
        server.AddEventHandler<ValidateTokenRequestContext>(handler => handler
            .UseInlineHandler(context => ValidateClient(context, context.ClientId)));
        server.AddEventHandler<ValidateRevocationRequestContext>(handler => handler
            .UseInlineHandler(context => ValidateClient(context, context.ClientId)));
        server.AddEventHandler<HandleConfigurationRequestContext>(handler => handler
            .SetOrder(int.MaxValue)
            .UseInlineHandler(DescribeUserInfo));
        server.AddEventHandler<HandleJsonWebKeySetRequestContext>(handler => handler
            .SetOrder(int.MaxValue)
            .UseInlineHandler(PublishKeys));
        server.AddEventHandler<HandleRevocationRequestContext>(handler => handler
            .UseInlineHandler(Revoke));
        server.AddEventHandler<GenerateTokenContext>(handler => handler
            .SetOrder(int.MinValue)
            .UseInlineHandler(CreateAccessToken));
        server.AddEventHandler<GenerateTokenContext>(handler => handler
            .SetOrder(OpenIddictServerHandlers.Protection.AttachSecurityCredentials.Descriptor.Order + 1)
            .UseInlineHandler(SignWithCurrentKey));
        server.AddEventHandler<ApplyAuthorizationResponseContext>(handler => handler
            .SetOrder(OpenIddictServerAspNetCoreHandlers.Authentication.ProcessFormPostResponse.Descriptor.Order - 1)
            .UseInlineHandler(PostMessageAsync));
        server.AddEventHandler<ApplyTokenResponseContext>(handler => handler
            .SetOrder(OpenIddictServerAspNetCoreHandlers.AttachHttpResponseCode<ApplyTokenResponseContext>.Descriptor.Order + 1)
            .UseInlineHandler(AnswerAsAuth0));
    }

    private static ValueTask RenameAudience(OpenIddictRequest? request)
    {
        if ((string?)request?[Parameters.Audience] is { } audience)
        {
            request.RemoveParameter(Parameters.Audience);
            request.SetParameter(AudienceParameter, audience);
        }

        return default;
    }

    private static ValueTask ValidateClient(BaseValidatingContext context, string? clientId)
    {
        if (clientId != IdentityProvider.ClientId)
        {
            context.Reject(Errors.UnauthorizedClient, $"Unknown client: {clientId}");
        }

        return default;
    }

    private ValueTask ValidateRedirect(ValidateAuthorizationRequestContext context)
    {
        if (context.ClientId != IdentityProvider.ClientId)
        {
            context.Reject(Errors.UnauthorizedClient, $"Unknown client: {context.ClientId}");
        }
        else if (!options.IsOnSite(context.RedirectUri))
        {
            context.Reject(Errors.InvalidRequest, "Callback URL mismatch. The redirect_uri is not in the list of allowed callback URLs.");
        }

        return default;
    }

    private ValueTask DescribeUserInfo(HandleConfigurationRequestContext context)
    {
        context.UserInfoEndpoint = new Uri(issuer, "userinfo");
        return default;
    }

    private ValueTask PublishKeys(HandleJsonWebKeySetRequestContext context)
    {
        context.Keys.Clear();
        foreach (var published in keys.Published)
        {
            var key = JsonWebKeyConverter.ConvertFromRSASecurityKey(new RsaSecurityKey(
                ((RsaSecurityKey)published).Rsa.ExportParameters(includePrivateParameters: false))
            {
                KeyId = published.KeyId,
            });
            (key.Use, key.Alg) = (JsonWebKeyUseNames.Sig, SecurityAlgorithms.RsaSha256);
            context.Keys.Add(key);
        }

        return default;
    }

    private ValueTask Revoke(HandleRevocationRequestContext context)
    {
        if (context.GenericTokenPrincipal?.GetClaim(FamilyClaim) is { } family)
        {
            families.Revoke(family);
        }

        return default;
    }

    private ValueTask CreateAccessToken(GenerateTokenContext context)
    {
        if (context.TokenType != TokenTypeIdentifiers.AccessToken)
        {
            return default;
        }

        var account = Accounts.WithSubject(context.Principal.GetClaim(Claims.Subject))!;
        var overrides = context.Request?.IsPasswordGrantType() is true
            ? TokenOverrides.From(context.Request)
            : new TokenOverrides();
        var scope = string.Join(' ', context.Principal.GetScopes());
        context.Token = context.Principal.GetClaim(AudienceClaim) is { } audience
            ? tokens.Create(account, audience, scope, tokenLife, SignInOf(context.Principal), overrides)
            : tokens.CreateOpaque(account);
        return default;
    }

    private static SignIn SignInOf(ClaimsPrincipal principal) =>
        new(principal.GetClaim(SessionClaim)!, long.Parse(principal.GetClaim(SignedInClaim)!, CultureInfo.InvariantCulture));

    private ValueTask SignWithCurrentKey(GenerateTokenContext context)
    {
        // Codes and refresh tokens stay with the key that OpenIddict itself verifies them by.
        if (context.TokenType == TokenTypeIdentifiers.IdentityToken)
        {
            context.SigningCredentials = keys.Of(TokenKey.Current);
        }

        return default;
    }

    private async ValueTask PostMessageAsync(ApplyAuthorizationResponseContext context)
    {
        if (context.Request?.ResponseMode != WebMessage || string.IsNullOrEmpty(context.RedirectUri))
        {
            return;
        }

        var http = context.Transaction.GetHttpRequest()!.HttpContext;
        var message = context.Response.GetParameters()
            .ToDictionary(parameter => parameter.Key, parameter => (string?)parameter.Value);
        await WebMessagePage.WriteAsync(http, message, options.Site);
        context.HandleRequest();
    }

    private static ValueTask AnswerAsAuth0(ApplyTokenResponseContext context)
    {
        if (context.Error is Errors.InvalidGrant or Errors.AccessDenied
            && context.Transaction.GetHttpRequest()?.HttpContext.Response is { } response)
        {
            response.StatusCode = StatusCodes.Status403Forbidden;
        }

        return default;
    }
}
