using System.Globalization;
using System.Net;
using Microsoft.Extensions.DependencyInjection;
using SecureZoom.Functions.Identity;
using SecureZoom.Functions.Storage;
using SecureZoom.Functions.Tests.Storage;
using SecureZoom.Functions.Tests.Support;
using SecureZoom.Sandbox.Identity;

namespace SecureZoom.Functions.Tests.Customers;

/// <summary>500 customers, of which 50 have a Zoom account of their own: an instance starts as it does with none, and no setting names them.</summary>
public sealed class ManyCustomersTests(TappedApp tapped) : IClassFixture<TappedApp>
{
    private const int Customers = 500;
    private const int OwnAccounts = 50;

    /// <summary>Beside one page a read: whoever waits long reads again every ten seconds.</summary>
    private const int MostReads = 20;

    [Fact]
    public async Task An_instance_that_starts_reads_pages_of_them_and_none_of_their_secrets()
    {
        var rows = tapped.App.Services.GetRequiredKeyedService<CachedPartition>(CustomerList.Partition);
        foreach (var some in Enumerable.Range(0, Customers).Select(Customer).Chunk(CachedPartition.MostAtOnce))
        {
            await rows.ChangeAsync(_ => [.. some.Select(CustomerRow.Write)], TestContext.Current.CancellationToken);
        }

        var (app, sent) = await tapped.StartAnotherAsync();
        await using var stopped = app;
        Assert.Equal(HttpStatusCode.OK, (await app.As(Accounts.Alice).GetAsync("me")).Status);
        Assert.Equal(Customers, app.Services.GetRequiredService<CustomerList>().At(anyAge: true).All.Count);
        Assert.InRange(sent.Count(one => one.Place == "table customers"), 1, MostReads);
        Assert.InRange(sent.Count(one => one.Place == "vault secrets"), 1, OwnAccounts - 1);
    }

    private static Customer Customer(int number)
    {
        var name = string.Create(CultureInfo.InvariantCulture, $"org_many{number}");
        return new Customer(name)
        {
            EmailDomains = [$"{name.Replace('_', '-')}.test"],
            Zoom = number % (Customers / OwnAccounts) == 0 ? new CustomerZoom($"acct_{number}", $"client-{number}", $"sdk-{number}") : null,
        };
    }
}
