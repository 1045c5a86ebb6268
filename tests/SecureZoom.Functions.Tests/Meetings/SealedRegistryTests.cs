using System.Text.Json.Nodes;
using Azure.Data.Tables;
using SecureZoom.Functions.Tests.Support;
using SecureZoom.Sandbox.Identity;

namespace SecureZoom.Functions.Tests.Meetings;

/// <summary>Somebody who can write to the registry's table, but has no key. In a cloud of its own: what is found there is reported by every app.</summary>
public sealed class SealedRegistryTests : IAsyncLifetime
{
    private readonly Cloud _cloud = new();
    private readonly Account _victim = Accounts.Alice.In($"org_victim_{Guid.NewGuid():N}");
    private readonly Account _thief = Accounts.Dave.In($"org_thief_{Guid.NewGuid():N}");
    private App _app = null!;
    private string _number = "";

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    private TableClient Table => new(_cloud.Storage.ConnectionString, "meetings");

    private string RowKey => _number.PadLeft(11, '0');

    public async ValueTask InitializeAsync()
    {
        await _cloud.InitializeAsync();
        _app = await App.StartAsync(_cloud);
        _number = (await _app.As(_victim).PostAsync("meetings", new JsonObject { ["topic"] = "The victim's" })).Json["id"]!.ToString();
    }

    public async ValueTask DisposeAsync()
    {
        await _app.DisposeAsync();
        await _cloud.DisposeAsync();
    }

    [Fact]
    public async Task A_row_written_into_another_organisation_s_partition_gives_it_nothing()
    {
        var row = await RowAsync($"o:{_victim.OrganizationId}");
        var holder = await RowAsync($"a:{Cloud.ZoomAccountId}");
        row.PartitionKey = $"o:{_thief.OrganizationId}";
        holder["Owner"] = _thief.OrganizationId;
        await Table.UpsertEntityAsync(row, TableUpdateMode.Replace, Cancellation);
        await Table.UpsertEntityAsync(holder, TableUpdateMode.Replace, Cancellation);

        var thief = _app.As(_thief);
        Assert.Equal("meeting_not_found", (await thief.PostAsync("signature", new JsonObject { ["meetingNumber"] = _number })).Code);
        Assert.Equal("meeting_not_found", (await thief.GetAsync($"meetings/{_number}")).Code);
        Assert.Equal("""{"meetings":[]}""", (await thief.GetAsync("meetings")).Text);
        Assert.Contains(_app.Logs.Entries, entry => entry.StartsWith("Critical", StringComparison.Ordinal) && entry.Contains(_thief.OrganizationId!, StringComparison.Ordinal));
        using var health = await _app.Http.GetAsync(new Uri("health", UriKind.Relative), Cancellation);
        Assert.Contains("sealed-rows", await health.Content.ReadAsStringAsync(Cancellation), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_host_who_was_written_into_a_row_hosts_nothing()
    {
        var bobs = Accounts.Bob.In(_victim.OrganizationId!).As("zoom-hosts");
        var row = await RowAsync($"o:{_victim.OrganizationId}");
        row["Meeting"] = row.GetString("Meeting").Replace(_victim.Email, bobs.Email, StringComparison.Ordinal);
        await Table.UpsertEntityAsync(row, TableUpdateMode.Replace, Cancellation);
        var bob = _app.As(bobs);
        Assert.Equal("meeting_not_found", (await bob.PostAsync("signature", new JsonObject { ["meetingNumber"] = _number, ["role"] = 1 })).Code);
    }

    private async Task<TableEntity> RowAsync(string partition) => await Table.GetEntityAsync<TableEntity>(partition, RowKey, cancellationToken: Cancellation);
}
