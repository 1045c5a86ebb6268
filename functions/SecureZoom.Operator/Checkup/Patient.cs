using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Azure.Security.KeyVault.Secrets;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Logging.Abstractions;
using SecureZoom.Functions.Identity;
using SecureZoom.Functions.IdentityEvents;
using SecureZoom.Functions.Secrets;
using SecureZoom.Functions.Settings;
using SecureZoom.Functions.Storage;
using SecureZoom.Functions.Zoom;

namespace SecureZoom.Operator.Checkup;

/// <summary>A deployment, or what runs on one's own machine, as its settings describe it: also where they are wrong.</summary>
internal sealed class Patient : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    private readonly Dictionary<string, Task<ZoomAnswer>> _zoomAnswers = new(StringComparer.Ordinal);
    private Task<CustomerSet>? _customers;

    /// <param name="values">The settings, with <c>:</c> in their names.</param>
    /// <param name="api">Where the app is, with <c>/api/</c>; null where nobody says so.</param>
    /// <param name="token">An access token of whoever asks; null without.</param>
    /// <param name="client">The way to Key Vault; null for the one that the settings name, if they do.</param>
    public Patient(IReadOnlyDictionary<string, string?> values, Uri? api, string? token, TimeProvider time, SecretClient? client = null)
    {
        (Values, Api, Token, Time) = (values, api, token, time);
        var configuration = new ConfigurationBuilder().AddInMemoryCollection(values).Build();
        // Each reader goes on where something is wrong; what is, the check of the settings says.
        var settings = new SettingsReader(configuration);
        Identity = IdentityOptions.Read(settings);
        Zoom = ZoomOptions.Read(settings);
        Sources = IdentityEventsOptions.Read(settings, Identity).Sources;
        Settled = SettledCustomers.Read(settings);
        Storage = StorageConnection.Read(settings);
        Site = SiteOptions.Read(settings).Url;
        Operators = settings.Optional("Authorization:OperatorOrganization");
        var secrets = SecretsOptions.Read(settings);
        client ??= secrets.KeyVault is { } vault ? new(vault, secrets.Credential, SecretsSetup.ClientOptions()) : null;
        Vault = client is null ? null : new KeyVaultSecretSource(client, time);
        Secrets = new SecretStore((ISecretSource?)Vault ?? new ConfigurationSecretSource(configuration), time, NullLogger<SecretStore>.Instance);
        Http = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = false, ConnectTimeout = TimeSpan.FromSeconds(3) }) { Timeout = Patience };
    }

    public IReadOnlyDictionary<string, string?> Values { get; }

    public Uri? Api { get; }

    public string? Token { get; }

    public TimeProvider Time { get; }

    public IdentityOptions Identity { get; }

    public ZoomOptions Zoom { get; }

    public IReadOnlyList<IdentitySource> Sources { get; }

    public SettledCustomers Settled { get; }

    public StorageConnection Storage { get; }

    public Uri Site { get; }

    public string? Operators { get; }

    public SecretStore Secrets { get; }

    /// <summary>Where the secrets are; null where they are settings.</summary>
    public KeyVaultSecretSource? Vault { get; }

    public HttpClient Http { get; }

    /// <summary>What customers have of their own, as far as it counts, read once; none where that is not to be read, as the check of customers says.</summary>
    public Task<CustomerSet> CustomersAsync(CancellationToken cancellationToken) => _customers ??= ReadCustomersAsync(cancellationToken);

    /// <summary>Whose tokens the app takes: issuers of the settings, and customers' own.</summary>
    public async Task<TrustedIssuers> IssuersAsync(CancellationToken cancellationToken)
    {
        var customers = await CustomersAsync(cancellationToken);
        return new TrustedIssuers(Identity, _ => customers);
    }

    /// <summary>The Zoom accounts of the settings, and customers' own.</summary>
    public async Task<ZoomAccounts> ZoomAccountsAsync(CancellationToken cancellationToken)
    {
        var customers = await CustomersAsync(cancellationToken);
        return new ZoomAccounts(Zoom, () => customers);
    }

    /// <summary>Zoom's answer to the app's credentials, asked for once.</summary>
    public Task<ZoomAnswer> AskZoomAsync(ZoomAccount account, CancellationToken cancellationToken) =>
        _zoomAnswers.TryGetValue(account.AccountId, out var asked)
            ? asked
            : _zoomAnswers[account.AccountId] = AskZoomNowAsync(account, cancellationToken);

    /// <summary>The secret in its current version; null where there is none.</summary>
    public async Task<string?> FindSecretAsync(string name, CancellationToken cancellationToken)
    {
        try
        {
            return (await Secrets.CurrentAsync(name, cancellationToken)).Value;
        }
        catch (SecretException)
        {
            return null;
        }
    }

    public void Dispose() => Http.Dispose();

    /// <summary>What an answer says, as an object; null for what is none.</summary>
    public static async Task<JsonObject?> ReadAsync(HttpResponseMessage answer, CancellationToken cancellationToken)
    {
        try
        {
            return JsonNode.Parse(await answer.Content.ReadAsStringAsync(cancellationToken)) as JsonObject;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private async Task<CustomerSet> ReadCustomersAsync(CancellationToken cancellationToken)
    {
        var seal = new RowSeal(Secrets, Time, NullLogger<RowSeal>.Instance);
        using var rows = new CachedPartition(
            Storage.Tables().GetTableClient(CustomerList.Table), CustomerList.Partition, seal, Time, NullLogger<CachedPartition>.Instance);
        var customers = new CustomerList(rows, Settled, NullLogger<CustomerList>.Instance);
        try
        {
            await customers.ReadAsync(cancellationToken);
            return customers.At(anyAge: true);
        }
        catch (Exception exception) when (exception is StorageUnavailableException or SecretException)
        {
            return CustomerSet.None;
        }
    }

    private async Task<ZoomAnswer> AskZoomNowAsync(ZoomAccount account, CancellationToken cancellationToken)
    {
        if (await FindSecretAsync(account.ClientSecretName, cancellationToken) is not { } secret)
        {
            return new ZoomAnswer(null, null, [], $"there is no secret {account.ClientSecretName}");
        }

        using var request = new HttpRequestMessage(HttpMethod.Post, Zoom.OAuthUrl)
        {
            Content = new FormUrlEncodedContent([new("grant_type", "account_credentials"), new("account_id", account.AccountId)]),
        };
        request.Headers.Authorization = new AuthenticationHeaderValue("Basic", Convert.ToBase64String(Encoding.UTF8.GetBytes($"{account.ClientId}:{secret}")));
        using var response = await Http.SendAsync(request, cancellationToken);
        var answer = await ReadAsync(response, cancellationToken);
        if (response.StatusCode == HttpStatusCode.OK && (string?)answer?["access_token"] is { Length: > 0 } token)
        {
            return new ZoomAnswer(token, response.Headers.Date, ((string?)answer["scope"] ?? "").Split(' ', StringSplitOptions.RemoveEmptyEntries), null);
        }

        return new ZoomAnswer(null, response.Headers.Date, [], (string?)answer?["error"] switch
        {
            "invalid_client" => "Zoom does not know the client id with that secret",
            "invalid_request" => "Zoom knows the client, but not in that account",
            _ => $"Zoom's token endpoint answers {(int)response.StatusCode}",
        });
    }
}
