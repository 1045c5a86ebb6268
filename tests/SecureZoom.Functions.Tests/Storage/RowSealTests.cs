using Azure.Data.Tables;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Logging;
using SecureZoom.Functions.Secrets;
using SecureZoom.Functions.Storage;
using SecureZoom.Functions.Tests.Support;

namespace SecureZoom.Functions.Tests.Storage;

/// <summary>Rows in real storage, and whoever can write there but has no key.</summary>
public sealed class RowSealTests(Cloud cloud)
{
    private readonly string _name = $"sealed{Guid.NewGuid():N}";

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    /// <summary>What somebody does to a stored row.</summary>
    public static TheoryData<string, Action<TableEntity>> Changes => new()
    {
        { "another value", row => row["Text"] = "b" },
        { "a value of another type", row => row["Number"] = 7L },
        { "a moment a tick later", row => row["Moment"] = row.GetDateTimeOffset("Moment")!.Value.AddTicks(1) },
        { "a property more", row => row["More"] = true },
        { "a property of a type that is never sealed", row => row["More"] = Guid.NewGuid() },
        { "a fraction", row => row["More"] = 0.5 },
        { "bytes", row => row["More"] = new byte[] { 1 } },
        { "a property less", row => row.Remove("Flag") },
        { "a property by another name", row => row["Renamed"] = row.Remove("Flag") },
        { "a boundary moved", row => (row["Left"], row["Right"]) = ("xy", "z") },
        { "another partition", row => row.PartitionKey = "q" },
        { "another key", row => row.RowKey = "s" },
        { "no seal", row => row.Remove("Seal") },
        { "a seal that is text", row => row["Seal"] = "sealed" },
        { "an empty seal", row => row["Seal"] = Array.Empty<byte>() },
    };

    [Fact]
    public async Task A_row_comes_back_from_storage_as_it_was_sealed()
    {
        var seal = Seal(new LogCapture(), "key");

        Assert.Equal(SealState.Current, await seal.CheckAsync(_name, await StoreAsync(seal), Cancellation));
        Assert.False(seal.Broken);
    }

    [Theory]
    [MemberData(nameof(Changes), DisableDiscoveryEnumeration = true)]
    public async Task A_row_written_without_the_key_is_found_and_reported(string change, Action<TableEntity> apply)
    {
        var logs = new LogCapture();
        var seal = Seal(logs, "key");
        var row = await StoreAsync(seal);
        apply(row);

        Assert.True(await seal.CheckAsync(_name, row, Cancellation) == SealState.Wrong, change);
        Assert.True(seal.Broken);
        Assert.Single(logs.Entries, entry => entry.StartsWith("Critical", StringComparison.Ordinal) && entry.Contains(row.RowKey, StringComparison.Ordinal));
        Assert.Equal(["storage-changed -"], logs.Alerts());
    }

    [Fact]
    public async Task A_row_of_another_table_is_none_of_this_one()
    {
        var seal = Seal(new LogCapture(), "key");

        Assert.Equal(SealState.Wrong, await seal.CheckAsync("another", await StoreAsync(seal), Cancellation));
    }

    [Fact]
    public async Task After_a_rotation_the_earlier_seal_holds_as_long_as_its_key_is_kept()
    {
        var row = await StoreAsync(Seal(new LogCapture(), "earlier"));
        var rotated = Seal(new LogCapture(), "current", "earlier");

        Assert.Equal(SealState.Earlier, await rotated.CheckAsync(_name, row, Cancellation));
        await rotated.SealAsync(_name, row, Cancellation);
        Assert.Equal(SealState.Current, await rotated.CheckAsync(_name, row, Cancellation));
        Assert.Equal(SealState.Wrong, await Seal(new LogCapture(), "earlier").CheckAsync(_name, row, Cancellation));
    }

    private static RowSeal Seal(LogCapture logs, params string[] versions)
    {
        var settings = versions.Index().ToDictionary(version => $"Secrets:{SecretNames.StorageSealKey}:{version.Index}", version => (string?)version.Item);
        using var factory = LoggerFactory.Create(logging => logging.AddProvider(logs).SetMinimumLevel(LogLevel.Trace));
        var configuration = new ConfigurationBuilder().AddInMemoryCollection(settings).Build();
        var secrets = new SecretStore(new ConfigurationSecretSource(configuration), TimeProvider.System, factory.CreateLogger<SecretStore>());
        return new RowSeal(secrets, TimeProvider.System, factory.CreateLogger<RowSeal>());
    }

    private async Task<TableEntity> StoreAsync(RowSeal seal)
    {
        var table = new TableClient(cloud.Storage.ConnectionString, _name);
        var row = new TableEntity("p", "r")
        {
            ["Text"] = "ä \"",
            ["Left"] = "x",
            ["Right"] = "yz",
            ["Flag"] = true,
            ["Number"] = 7,
            ["Long"] = long.MaxValue,
            ["Moment"] = new DateTimeOffset(2026, 3, 1, 2, 3, 4, TimeSpan.FromHours(2)).AddTicks(1234567),
            ["Nothing"] = null,
        };
        await seal.SealAsync(_name, row, Cancellation);
        await table.ReplaceRowAsync(row, Cancellation);
        return await table.GetEntityAsync<TableEntity>("p", "r", cancellationToken: Cancellation);
    }
}
