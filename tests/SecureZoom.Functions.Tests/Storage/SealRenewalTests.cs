using System.Net;
using System.Text.Json.Nodes;
using Azure.Data.Tables;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Extensions.DependencyInjection;
using SecureZoom.Functions.Audit.Checkpoints;
using SecureZoom.Functions.Storage;
using SecureZoom.Functions.Tests.Support;
using SecureZoom.Sandbox.Identity;

namespace SecureZoom.Functions.Tests.Storage;

/// <summary>A day after a rotation, in a cloud of its own: it renews the seals of all that there is.</summary>
public sealed class SealRenewalTests : IAsyncLifetime
{
    private readonly Cloud _cloud = new();

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public ValueTask InitializeAsync() => _cloud.InitializeAsync();

    public ValueTask DisposeAsync() => _cloud.DisposeAsync();

    [Fact]
    public async Task Rows_are_sealed_anew_and_the_earlier_key_can_go_and_what_has_ended_goes()
    {
        var (earlier, next) = (_cloud.Secrets["storage-seal-key"], "the next key of seals, 32 bytes long");
        string number, withdrawn, open;
        await using (var app = await StartAsync(earlier))
        {
            number = (await app.As(Accounts.Alice).PostAsync("meetings", new JsonObject { ["topic"] = "Sealed" })).Json["id"]!.ToString();
            (withdrawn, var id) = await InviteAsync(app, number, 3600);
            (open, _) = await InviteAsync(app, number, 3 * 24 * 3600);
            Assert.Equal(HttpStatusCode.NoContent, (await app.As(Accounts.Alice).DeleteAsync($"meetings/{number}/invitations/{id}")).Status);
            await InviteAsync(app, number, 3600);
        }

        await using (var rotated = await StartAsync(next, earlier))
        {
            await rotated.Services.GetRequiredService<SealRenewal>().RenewAsync(Cancellation);
            await rotated.Services.GetRequiredService<CheckpointSigner>().SignAllAsync(Cancellation);
            Assert.False(rotated.Services.GetRequiredService<RowSeal>().Broken);
        }

        await using (var without = await StartAsync(next))
        {
            Assert.Equal(HttpStatusCode.OK, (await without.As(Accounts.Alice).GetAsync($"meetings/{number}")).Status);
            Assert.Equal(2, (await ListAsync(without, number)).Count);
            Assert.Equal("invalid_invitation", (await SignAsync(without, number, withdrawn)).Code);
            Assert.Equal(HttpStatusCode.OK, (await SignAsync(without, number, open)).Status);
            await ActivatorUtilities.CreateInstance<CheckpointFunction>(without.Services).Sign(new TimerInfo(), Cancellation);
            Assert.False(without.Services.GetRequiredService<RowSeal>().Broken);
        }

        await using var later = await App.StartAsync(
            _cloud,
            new() { ["Secrets:storage-seal-key"] = next },
            services => services.AddSingleton<TimeProvider>(new ShiftedTime(TimeSpan.FromDays(1))));
        await later.Services.GetRequiredService<SealRenewal>().RenewAsync(Cancellation);
        var left = await new TableClient(_cloud.Storage.ConnectionString, "access").QueryAsync<TableEntity>(cancellationToken: Cancellation)
            .Where(row => row.PartitionKey.StartsWith("i:", StringComparison.Ordinal)).ToListAsync(Cancellation);
        // What is open still; and that the organisation was invited, which is known for longer.
        Assert.Equal(["i:org_acme:", $"i:org_acme:{number}"], left.Select(row => row.PartitionKey).Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task A_row_that_cannot_be_renewed_keeps_no_other_from_it()
    {
        var (earlier, next) = (_cloud.Secrets["storage-seal-key"], "the next key of seals, 32 bytes long");
        string stuck, number;
        await using (var app = await StartAsync(earlier))
        {
            stuck = (await app.As(Accounts.Carol.In("org_a_stuck")).PostAsync("meetings", new JsonObject { ["topic"] = "Stuck" })).Json["id"]!.ToString();
            number = (await app.As(Accounts.Alice).PostAsync("meetings", new JsonObject { ["topic"] = "Sealed" })).Json["id"]!.ToString();
            await InviteAsync(app, number, 3 * 24 * 3600);
        }

        var storage = new StorageTap { Fails = operation => operation.StartsWith("PUT", StringComparison.Ordinal) && operation.Contains(stuck, StringComparison.Ordinal) };
        await using (var rotated = await StartAsync([next, earlier], services => storage.Tap(services, _cloud)))
        {
            var left = await Assert.ThrowsAsync<AggregateException>(() => rotated.Services.GetRequiredService<SealRenewal>().RenewAsync(Cancellation));
            // The meeting's own row, the two that list it, and the holder of its number.
            Assert.Equal(4, left.InnerExceptions.Count);
        }

        await using var without = await StartAsync(next);
        Assert.Equal(HttpStatusCode.OK, (await without.As(Accounts.Alice).GetAsync($"meetings/{number}")).Status);
        Assert.Single(await ListAsync(without, number));
        Assert.Equal("meeting_not_found", (await without.As(Accounts.Carol.In("org_a_stuck")).GetAsync($"meetings/{stuck}")).Code);
    }

    private Task<App> StartAsync(params string[] keys) => StartAsync(keys, services: null);

    private Task<App> StartAsync(string[] keys, Action<IServiceCollection>? services)
    {
        var settings = new Dictionary<string, string?> { ["Secrets:storage-seal-key"] = null };
        foreach (var (index, key) in keys.Index())
        {
            settings[$"Secrets:storage-seal-key:{index}"] = key;
        }

        return App.StartAsync(_cloud, settings, services);
    }

    private static async Task<(string Invitation, string Id)> InviteAsync(App app, string number, int seconds)
    {
        var invited = await app.As(Accounts.Alice).PostAsync(
            $"meetings/{number}/invitations", new JsonObject { ["organization"] = "org_globex", ["expiresInSeconds"] = seconds });
        Assert.True(invited.Status == HttpStatusCode.Created, invited.Text);
        return ((string)invited.Json["invitation"]!, (string)invited.Json["id"]!);
    }

    private static async Task<JsonArray> ListAsync(App app, string number) =>
        (await app.As(Accounts.Alice).GetAsync($"meetings/{number}/invitations")).Json["invitations"]!.AsArray();

    private static Task<Answer> SignAsync(App app, string number, string invitation) => app.As(Accounts.Erin).PostAsync(
        "signature", new JsonObject { ["meetingNumber"] = number, ["invitation"] = invitation });
}
