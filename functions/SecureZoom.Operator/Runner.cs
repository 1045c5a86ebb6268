using System.Text.Json;
using Azure.Core;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.IdentityModel.Tokens;
using SecureZoom.Functions.Audit.Recording;
using SecureZoom.Functions.Identity;
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

    /// <returns>A person, whom the trail can forget; an application is nobody, and stays named.</returns>
    internal static async Task<AuditActor> ReadAsync(TokenCredential? credential, string command, CancellationToken cancellationToken)
    {
        if (credential is null)
        {
            return new AuditActor { Type = AuditActorTypes.Operator, Name = $"{command} by {Environment.UserName} (the machine's user)" };
        }

        var (called, id) = Read((await credential.GetTokenAsync(Storage, cancellationToken)).Token);
        return called.Person is { } person
            // A guest's name has in front where they come from.
            ? new AuditActor
            {
                Type = AuditActorTypes.Operator,
                Name = $"{command} by {person} (signed in at Azure, {id})",
                Email = EmailAddress.Parse(person[(person.LastIndexOf('#') + 1)..])?.Text,
            }
            : new AuditActor { Type = AuditActorTypes.System, Name = $"{command} by the application {called.Application} (signed in at Azure, {id})" };
    }

    /// <summary>
    /// By the claims of Entra ID's access tokens: <c>upn</c> of a person (a guest has <c>unique_name</c>), <c>appid</c> of an application, and
    /// <c>oid</c>, which outlives both names. Nobody verifies it here: it comes from Entra ID itself, and storage lets in by it.
    /// </summary>
    private static ((string? Person, string? Application) Called, string? Id) Read(string token)
    {
        using var claims = JsonDocument.Parse(Base64UrlEncoder.DecodeBytes(token.Split('.')[1]));
        string? Claim(string name) => claims.RootElement.TryGetProperty(name, out var value) ? value.GetString() : null;
        return ((Claim("upn") ?? Claim("unique_name"), Claim("appid")), Claim("oid"));
    }
}
