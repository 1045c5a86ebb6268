using System.Globalization;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using SecureZoom.Functions.Customers;
using SecureZoom.Functions.Identity;
using SecureZoom.Functions.Storage;
using SecureZoom.Functions.Zoom;
using SecureZoom.Verification;

namespace SecureZoom.Operator;

/// <summary>Writes down what a customer has of its own, shows it, and takes it out again. No instance needs a restart.</summary>
internal static class CustomerRegister
{
    public const string Usage = """
        script/customer add ORG --reason TEXT [--issuer ADDRESS --audience TEXT] [--zoom-account ID --zoom-client ID --zoom-sdk-client ID] [--domains A,B]
        script/customer show [ORG]
        script/customer remove ORG --reason TEXT
        script/customer seal
        """;

    private const string Command = "script/customer";

    private static readonly string[] Parts = ["--issuer", "--audience", "--zoom-account", "--zoom-client", "--zoom-sdk-client", "--domains"];

    /// <returns>0; 1 where it is refused, or there is no such customer.</returns>
    public static async Task<int> RunAsync(string[] arguments, Func<IHost> open, TextWriter output, CancellationToken cancellationToken)
    {
        var options = new Options(arguments, Usage);
        Func<IServiceProvider, Task<int>> run = options.Words switch
        {
            ["add", { Length: > 0 } id] => Add(options, id, output, cancellationToken),
            ["show"] => Show(options, only: null, output, cancellationToken),
            ["show", { Length: > 0 } id] => Show(options, id, output, cancellationToken),
            ["remove", { Length: > 0 } id] => Remove(options, id, output, cancellationToken),
            ["seal"] => Seal(options, output, cancellationToken),
            _ => throw new UsageException(Usage),
        };
        using var product = await open.OpenAsync(cancellationToken);
        try
        {
            return await run(product.Services);
        }
        catch (CustomerException exception)
        {
            await output.WriteLineAsync(PlainText.Of($"Nothing is written: {options.Words[1]} {exception.Message}"));
            return 1;
        }
        catch (StorageUnavailableException exception)
        {
            await output.WriteLineAsync(PlainText.Of($"The customers cannot be read: {exception.Message}"));
            return 1;
        }
    }

    private static Func<IServiceProvider, Task<int>> Add(Options options, string id, TextWriter output, CancellationToken cancellationToken)
    {
        options.Allow(["--reason", .. Parts]);
        var reason = options.Required("--reason");
        var customer = new Customer(id)
        {
            Issuer = Has(options, "--issuer", "--audience") ? new CustomerIssuer(options.Required("--issuer"), options.Required("--audience")) : null,
            Zoom = Has(options, "--zoom-account", "--zoom-client", "--zoom-sdk-client")
                ? new CustomerZoom(options.Required("--zoom-account"), options.Required("--zoom-client"), options.Required("--zoom-sdk-client"))
                : null,
            EmailDomains = options.Value("--domains")?.ToLowerInvariant().Split([',', ' '], StringSplitOptions.RemoveEmptyEntries) ?? [],
        };
        return async services =>
        {
            var desk = services.GetRequiredService<CustomerDesk>();
            await desk.AddAsync(customer, reason, await services.ReadRunnerAsync(Command, cancellationToken), cancellationToken);
            await output.WriteLineAsync($"{id} is written down");
            await WriteSecretsAsync(customer, "  the vault needs", output);
            return 0;
        };
    }

    private static Func<IServiceProvider, Task<int>> Show(Options options, string? only, TextWriter output, CancellationToken cancellationToken)
    {
        options.Allow();
        return async services =>
        {
            var desk = services.GetRequiredService<CustomerDesk>();
            var shown = (await desk.ReadAsync(cancellationToken)).Where(customer => only is null || customer.Organization == only).ToList();
            foreach (var customer in shown)
            {
                await WriteAsync(customer, desk.Problems(customer), output);
            }

            return only is null || shown.Count > 0 ? 0 : await NoneAsync(output);
        };
    }

    private static Func<IServiceProvider, Task<int>> Remove(Options options, string id, TextWriter output, CancellationToken cancellationToken)
    {
        options.Allow("--reason");
        var reason = options.Required("--reason");
        return async services =>
        {
            var desk = services.GetRequiredService<CustomerDesk>();
            if (await desk.RemoveAsync(id, reason, await services.ReadRunnerAsync(Command, cancellationToken), cancellationToken) is not { } gone)
            {
                return await NoneAsync(output);
            }

            await output.WriteLineAsync(PlainText.Of($"{id} is taken out"));
            await WriteSecretsAsync(gone, "  delete from the vault", output);
            return 0;
        };
    }

    private static Func<IServiceProvider, Task<int>> Seal(Options options, TextWriter output, CancellationToken cancellationToken)
    {
        options.Allow();
        return async services =>
        {
            var desk = services.GetRequiredService<CustomerDesk>();
            var count = await desk.SealAsync(cancellationToken);
            await output.WriteLineAsync(string.Create(CultureInfo.InvariantCulture, $"{count} rows are sealed with the current key"));
            return 0;
        };
    }

    /// <summary>All of them or none: half an issuer is a mistake.</summary>
    private static bool Has(Options options, params string[] names) => names.Any(options.Has);

    private static async Task WriteAsync(Customer customer, IReadOnlyList<string> problems, TextWriter output)
    {
        await output.WriteLineAsync(PlainText.Of(customer.Organization));
        foreach (var line in (string?[])
        [
            customer.Issuer is { } issuer ? $"  issuer {issuer.Issuer} for {issuer.Audience}" : null,
            customer.Zoom is { } zoom ? $"  Zoom account {zoom.AccountId}, client {zoom.ClientId}, SDK client {zoom.SdkClientId}" : null,
            customer.EmailDomains.Count > 0 ? $"  e-mail domains {string.Join(", ", customer.EmailDomains)}" : null,
            .. problems.Select(problem => $"  does not count: it {problem}"),
        ])
        {
            if (line is not null)
            {
                await output.WriteLineAsync(PlainText.Of(line));
            }
        }
    }

    private static async Task WriteSecretsAsync(Customer customer, string what, TextWriter output)
    {
        foreach (var purpose in customer.Zoom is null ? [] : (string[])[ZoomSecrets.Client, ZoomSecrets.SdkClient, ZoomSecrets.Webhook])
        {
            await output.WriteLineAsync(PlainText.Of($"{what} {customer.SecretName(purpose)}"));
        }
    }

    private static async Task<int> NoneAsync(TextWriter output)
    {
        await output.WriteLineAsync("There is no such customer");
        return 1;
    }
}
