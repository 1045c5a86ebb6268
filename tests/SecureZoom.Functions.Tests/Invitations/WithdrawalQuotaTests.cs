using System.Net;
using System.Text.Json.Nodes;
using Azure.Data.Tables;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;
using SecureZoom.Functions.Audit.Erasing;
using SecureZoom.Functions.Invitations;
using SecureZoom.Functions.Revocations;
using SecureZoom.Functions.Storage;
using SecureZoom.Functions.Tests.Support;
using SecureZoom.Sandbox.Identity;

namespace SecureZoom.Functions.Tests.Invitations;

/// <summary>The list of withdrawals is for all organisations: none fills it alone.</summary>
[Collection(OwnCloud.Name)]
public sealed class WithdrawalQuotaTests(OwnCloud own)
{
    private const string Guest = "gwen@guest.example";

    [Fact]
    public async Task Who_has_withdrawn_a_thousand_waits_while_others_go_on()
    {
        var (full, other) = (Accounts.Alice.In("org_full"), Accounts.Alice.In("org_other"));
        await FillAsync(full);
        await using var app = await App.StartAsync(own.Cloud);
        var refused = await WithdrawAsync(app, full);
        Assert.Equal((HttpStatusCode.TooManyRequests, TimeSpan.FromHours(1)), (refused.Status, refused.Headers.RetryAfter?.Delta));
        Assert.Equal(HttpStatusCode.NoContent, (await WithdrawAsync(app, other)).Status);

        // Nor does who forgets somebody: what they could not withdraw is named, and out.
        var eraser = app.Services.GetServices<IPersonStore>().OfType<InvitationEraser>().Single();
        foreach (var (account, isKept) in ((Account, bool)[])[(full, true), (other, false)])
        {
            await InviteAsync(app, account);
            var kept = await eraser.ForgetAsync(account.OrganizationId!, new NamedPerson(Guest), TestContext.Current.CancellationToken);
            Assert.Equal(isKept, kept.Any(why => why.StartsWith("invitations made out to them, 2, until ", StringComparison.Ordinal)));
            Assert.Equal(isKept, await eraser.TellAsync(account.OrganizationId!, new NamedPerson(Guest), TestContext.Current.CancellationToken).AnyAsync(TestContext.Current.CancellationToken));
        }
    }

    /// <summary>Withdraws as many as may be, by an instance that logs nothing and writes as much at once as a transaction takes.</summary>
    private async Task FillAsync(Account account)
    {
        var seal = new RowSeal(own.Cloud.SecretStore(), TimeProvider.System, NullLogger<RowSeal>.Instance);
        var table = new TableClient(own.Cloud.Storage.ConnectionString, AccessTable.Name);
        using var rows = new CachedPartition(table, WithdrawalList.Partition, seal, TimeProvider.System, NullLogger<CachedPartition>.Instance);
        foreach (var numbers in Enumerable.Range(0, WithdrawalList.MostOfOne).Chunk(99))
        {
            await rows.ChangeAsync(_ => [.. numbers.Select(number => Withdrawn(account, number))], TestContext.Current.CancellationToken);
        }
    }

    private static TableEntity Withdrawn(Account account, int number) => new()
    {
        RowKey = WithdrawnSubject.Invitation($"{number}").Key,
        ["Organization"] = account.OrganizationId,
        ["IssuedUntil"] = DateTimeOffset.UtcNow,
        [CachedPartition.KeepUntil] = DateTimeOffset.UtcNow.AddDays(1),
    };

    private static async Task<Answer> WithdrawAsync(App app, Account account)
    {
        var (meeting, invitation) = await InviteAsync(app, account);
        return await app.As(account).DeleteAsync($"meetings/{meeting}/invitations/{invitation}");
    }

    private static async Task<(JsonNode? Meeting, JsonNode? Invitation)> InviteAsync(App app, Account account)
    {
        var alice = app.As(account);
        var meeting = (await alice.PostAsync("meetings", new JsonObject { ["topic"] = "Planning" })).Json["id"];
        return (meeting, (await alice.PostAsync($"meetings/{meeting}/invitations", new JsonObject { ["email"] = Guest })).Json["id"]);
    }
}
