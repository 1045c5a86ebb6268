using System.Collections.Concurrent;
using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using Polly.CircuitBreaker;
using Polly.Timeout;
using SecureZoom.Functions.Caching;
using SecureZoom.Functions.Secrets;

namespace SecureZoom.Functions.IdentityEvents;

/// <summary>Auth0's Management API: ends a person's sessions and refresh tokens there.</summary>
internal sealed class ManagementApi(IHttpClientFactory clients, SecretStore secrets, TimeProvider time)
{
    public const string HttpClientName = "auth0-management";

    /// <summary>A token is not used in its last minute.</summary>
    private static readonly TimeSpan Margin = TimeSpan.FromMinutes(1);

    private readonly ConcurrentDictionary<string, SharedValue<Token>> _tokens = new(StringComparer.Ordinal);

    /// <returns>Null once it is done; else why it is not, in snake_case.</returns>
    public async Task<string?> SignOutAsync(IdentitySource source, string subject, CancellationToken cancellationToken)
    {
        // As a path segment either would lead elsewhere.
        if (subject is "." or "..")
        {
            return "no_person";
        }

        try
        {
            var token = await TokenAsync(source).WaitAsync(cancellationToken);
            using var request = new HttpRequestMessage(HttpMethod.Post, new Uri(source.ManagementDomain!, $"api/v2/users/{Uri.EscapeDataString(subject)}/revoke-access"));
            request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token.Value.Text);
            request.Content = JsonContent.Create(new ManagementSignOut(), ManagementJson.Default.ManagementSignOut);
            using var client = clients.CreateClient(HttpClientName);
            using var response = await client.SendAsync(request, cancellationToken);
            if (response.StatusCode == HttpStatusCode.Unauthorized)
            {
                _tokens[source.Name].Drop(token);
            }

            return response.IsSuccessStatusCode ? null : Status(response.StatusCode);
        }
        catch (SecretException)
        {
            return "no_secret";
        }
        catch (ManagementException exception)
        {
            return exception.Reason;
        }
        catch (Exception exception) when (IsOutage(exception) && !cancellationToken.IsCancellationRequested)
        {
            return "unreachable";
        }
    }

    private static bool IsOutage(Exception exception) =>
        exception is HttpRequestException or TimeoutRejectedException or BrokenCircuitException or OperationCanceledException or System.Text.Json.JsonException;

    private static string Status(HttpStatusCode status) => $"status_{(int)status}";

    private Task<Fetched<Token>> TokenAsync(IdentitySource source)
    {
        var tokens = _tokens.GetOrAdd(source.Name, _ => new SharedValue<Token>(() => FetchAsync(source), throttle: TimeSpan.Zero, time));
        if (tokens.Latest is { } latest && latest.Value.Expires - Margin <= time.GetUtcNow())
        {
            tokens.Drop(latest);
        }

        return tokens.GetAsync(DateTimeOffset.MinValue);
    }

    private async Task<Token> FetchAsync(IdentitySource source)
    {
        var secret = await secrets.CurrentAsync(source.ManagementSecretName!, CancellationToken.None);
        using var request = new HttpRequestMessage(HttpMethod.Post, new Uri(source.ManagementDomain!, "oauth/token"))
        {
            Content = new FormUrlEncodedContent(new Dictionary<string, string>
            {
                ["grant_type"] = "client_credentials",
                ["client_id"] = source.ManagementClientId!,
                ["client_secret"] = secret.Value,
                ["audience"] = new Uri(source.ManagementDomain!, "api/v2/").AbsoluteUri,
            }),
        };
        using var client = clients.CreateClient(HttpClientName);
        using var response = await client.SendAsync(request, CancellationToken.None);
        if (!response.IsSuccessStatusCode)
        {
            throw new ManagementException($"token_{Status(response.StatusCode)}");
        }

        return await response.Content.ReadFromJsonAsync(ManagementJson.Default.ManagementToken, CancellationToken.None) is { AccessToken.Length: > 0 } answer
            ? new Token(answer.AccessToken, time.GetUtcNow() + TimeSpan.FromSeconds(answer.ExpiresIn))
            : throw new ManagementException("token_malformed");
    }

    /// <summary>An access token and when it ends.</summary>
    private sealed record Token(string Text, DateTimeOffset Expires)
    {
        public override string ToString() => nameof(Token);
    }
}
