using System.Net;
using Azure.Data.Tables;
using SecureZoom.Functions.Revocations;
using SecureZoom.Functions.Storage;
using SecureZoom.Functions.Tests.Support;
using static SecureZoom.Functions.Tests.Support.IdentitySources;

namespace SecureZoom.Functions.Tests.Access;

/// <summary>A row of the list of ended access stays while it can matter: a state until its opposite, all else while a token of before may be alive.</summary>
public sealed class ForgottenRowsTests(Cloud cloud) : IAsyncLifetime
{
    /// <summary>A session at the provider lives for 31 days, and its last token for a day.</summary>
    private static readonly TimeSpan Alive = TimeSpan.FromDays(32);

    private readonly string _id = $"00u{Guid.NewGuid():N}"[..20];
    private App _app = null!;

    public async ValueTask InitializeAsync() => _app = await App.StartAsync(cloud, IdentitySources.Settings);

    public async ValueTask DisposeAsync() => await _app.DisposeAsync();

    [Theory]
    [InlineData("user.lifecycle.suspend", false)]
    [InlineData("user.lifecycle.deactivate", false)]
    [InlineData("user.lifecycle.delete.completed", true)]
    [InlineData("user.session.clear", true)]
    [InlineData("user.lifecycle.unsuspend", true)]
    public async Task A_state_stays_and_what_ends_by_itself_goes_when_no_token_of_before_can_be_alive(string type, bool goes)
    {
        await TellAsync(type);
        var until = Assert.Single(await RowsAsync()).GetDateTimeOffset(CachedPartition.KeepUntil);
        Assert.Equal(goes, until is not null);
        if (until is { } end)
        {
            Assert.InRange(end, DateTimeOffset.UtcNow + Alive - TimeSpan.FromMinutes(2), DateTimeOffset.UtcNow + Alive);
        }
    }

    [Fact]
    public async Task Once_the_account_is_gone_its_other_states_go_and_do_not_come_back()
    {
        await TellAsync("user.lifecycle.suspend");
        await TellAsync("user.lifecycle.deactivate");
        Assert.Equal(2, (await RowsAsync()).Count);
        await TellAsync("user.lifecycle.delete.completed");
        await TellAsync("user.lifecycle.deactivate", DateTimeOffset.UtcNow.AddMinutes(-1));
        Assert.Equal("Deleted", Assert.Single(await RowsAsync())["Kind"]);
    }

    private Task TellAsync(string type, DateTimeOffset? at = null) =>
        DeliverAsync(_app, "okta", NorthSecret, Hook(Okta(type, _id, at)));

    private async Task<IReadOnlyList<TableEntity>> RowsAsync() => await new TableClient(cloud.Storage.ConnectionString, AccessTable.Name)
        .QueryAsync<TableEntity>(row => row.PartitionKey == EndedAccessList.Partition, cancellationToken: TestContext.Current.CancellationToken)
        .Where(row => row.GetString("Subject") == $"okta|north-okta|{_id}").ToListAsync(TestContext.Current.CancellationToken);
}
