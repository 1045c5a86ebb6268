namespace SecureZoom.Operator.Checkup;

/// <summary>The sandbox's administrator: there whoever asks needs no token of their own.</summary>
internal static class SandboxPerson
{
    /// <returns>Null where it is no sandbox.</returns>
    public static async Task<string?> SignInAsync(IReadOnlyDictionary<string, string?> settings, CancellationToken cancellationToken)
    {
        if (!Uri.TryCreate(settings.GetValueOrDefault("Auth0:Domain"), UriKind.Absolute, out var provider) || !provider.IsLoopback)
        {
            return null;
        }

        using var http = new HttpClient();
        using var content = new FormUrlEncodedContent(
        [
            new("grant_type", "password"), new("username", "carol@acme.example"), new("password", "sandbox"), new("client_id", "securezoom-spa"),
            new("audience", settings.GetValueOrDefault("Auth0:Audience") ?? ""),
        ]);
        try
        {
            using var response = await http.PostAsync(new Uri(provider, "oauth/token"), content, cancellationToken);
            return (string?)(await Patient.ReadAsync(response, cancellationToken))?["access_token"];
        }
        catch (HttpRequestException)
        {
            // The check of the identity provider says so.
            return null;
        }
    }
}
