using System.Text.Json;
using Azure.Core;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.IdentityModel.Tokens;
using SecureZoom.Functions.Audit.Recording;
using SecureZoom.Functions.Storage;

namespace SecureZoom.Operator;

/// <summary>Who runs a command, marked as what it is: whom Azure has let in, else the machine's user.</summary>
internal static class Runner
{
    /// <summary>The token that storage is opened with anyway.</summary>
    private static readonly TokenRequestContext Storage = new(["https://storage.azure.com/.default"]);

    /// <summary>Where storage takes a connection string, as in the sandbox, nobody has signed in.</summary>
    /// <exception cref="Azure.Identity.AuthenticationFailedException">Nobody is signed in, though storage asks for it.</exception>
    public static Task<AuditActor> ReadRunnerAsync(this IServiceProvider services, string command, CancellationToken cancellationToken) =>
        ReadAsync(services.GetRequiredService<StorageConnection>().Credential, command, cancellationToken);

    internal static async Task<AuditActor> ReadAsync(TokenCredential? credential, string command, CancellationToken cancellationToken)
    {
        var who = credential is null
            ? $"{Environment.UserName} (the machine's user)"
            : NameOf((await credential.GetTokenAsync(Storage, cancellationToken)).Token);
        return new AuditActor { Type = "system", Name = $"{command} by {who}" };
    }

    /// <summary>
    /// By the claims of Entra ID's access tokens: <c>upn</c> of a person (a guest has <c>unique_name</c>), <c>appid</c> of an application, and
    /// <c>oid</c>, which outlives both names. Nobody verifies it here: it comes from Entra ID itself, and storage lets in by it.
    /// </summary>
    private static string NameOf(string token)
    {
        using var claims = JsonDocument.Parse(Base64UrlEncoder.DecodeBytes(token.Split('.')[1]));
        string? Claim(string name) => claims.RootElement.TryGetProperty(name, out var value) ? value.GetString() : null;
        var name = Claim("upn") ?? Claim("unique_name") ?? $"the application {Claim("appid")}";
        return $"{name} (signed in at Azure, {Claim("oid")})";
    }
}
