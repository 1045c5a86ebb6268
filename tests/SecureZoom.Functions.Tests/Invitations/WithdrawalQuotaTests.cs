using System.Net;
using System.Text.Json.Nodes;
using Azure.Data.Tables;
using Microsoft.Extensions.Logging.Abstractions;
using SecureZoom.Functions.Revocations;
using SecureZoom.Functions.Storage;
using SecureZoom.Functions.Tests.Support;
using SecureZoom.Sandbox.Identity;

namespace SecureZoom.Functions.Tests.Invitations;

/// <summary>The list of withdrawals is for all organisations: none fills it alone.</summary>
[Collection(OwnCloud.Name)]
public sealed class WithdrawalQuotaTests(OwnCloud own)
{
    [Fact]
    public async Task Who_has_withdrawn_a_thousand_waits_while_others_go_on()
    {
        var (full, other) = (Accounts.Alice.In("org_full"), Accounts.Alice.In("org_other"));
        await FillAsync(full);
        await using var app = await App.StartAsync(own.Cloud);
        var refused = await WithdrawAsync(app, full);
        Assert.Equal((HttpStatusCode.TooManyRequests, TimeSpan.FromHours(1)), (refused.Status, refused.Headers.RetryAfter?.Delta));
        Assert.Equal(HttpStatusCode.NoContent, (await WithdrawAsync(app, other)).Status);
    }

    /// <summary>Withdraws as many as may be, by an instance that logs nothing and writes as much at once as a transaction takes.</summary>
    private async Task FillAsync(Account account)
    {
        var seal = new RowSeal(own.Cloud.SecretStore(), TimeProvider.System, NullLogger<RowSeal>.Instance);
        var table = new TableClient(own.Cloud.Storage.ConnectionString, AccessTable.Name);
        using var rows = new CachedPartition(table, RevocationList.Partition, seal, TimeProvider.System, NullLogger<CachedPartition>.Instance);
        foreach (var numbers in Enumerable.Range(0, RevocationList.MostOfOne).Chunk(99))
        {
            await rows.ChangeAsync(_ => [.. numbers.Select(number => Withdrawn(account, number))], TestContext.Current.CancellationToken);
        }
    }

    private static TableEntity Withdrawn(Account account, int number) => new()
    {
        RowKey = RevocationSubject.Invitation($"{number}").Key,
        ["Organization"] = account.OrganizationId,
        ["IssuedUntil"] = DateTimeOffset.UtcNow,
        [CachedPartition.KeepUntil] = DateTimeOffset.UtcNow.AddDays(1),
    };

    private static async Task<Answer> WithdrawAsync(App app, Account account)
    {
        var alice = app.As(account);
        var meeting = (await alice.PostAsync("meetings", new JsonObject { ["topic"] = "Planning" })).Json["id"];
        var invitation = (await alice.PostAsync($"meetings/{meeting}/invitations", new JsonObject { ["email"] = "gwen@guest.example" })).Json["id"];
        return await alice.DeleteAsync($"meetings/{meeting}/invitations/{invitation}");
    }
}
