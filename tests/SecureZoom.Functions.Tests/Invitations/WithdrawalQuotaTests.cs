using System.Net;
using System.Text.Json.Nodes;
using Azure.Data.Tables;
using Microsoft.Extensions.DependencyInjection;
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
        await using var app = await App.StartAsync(own.Cloud);
        var (full, other) = (Accounts.Alice.In("org_full"), Accounts.Alice.In("org_other"));
        var rows = app.Services.GetRequiredKeyedService<ReadAhead>(RevocationList.Partition);
        for (var written = 0; written < RevocationList.MostOfOne; written += ReadAhead.MostAtOnce)
        {
            await rows.ChangeAsync(
                _ => [.. Enumerable.Range(written, ReadAhead.MostAtOnce).Select(number => Withdrawn(full, number))],
                TestContext.Current.CancellationToken);
        }

        var refused = await WithdrawAsync(app, full);
        Assert.Equal((HttpStatusCode.TooManyRequests, TimeSpan.FromHours(1)), (refused.Status, refused.Headers.RetryAfter?.Delta));
        Assert.Equal(HttpStatusCode.NoContent, (await WithdrawAsync(app, other)).Status);
    }

    private static TableEntity Withdrawn(Account account, int number) => new()
    {
        RowKey = RevocationSubject.Invitation($"{number}").Key,
        ["Organization"] = account.OrganizationId,
        ["IssuedUntil"] = DateTimeOffset.UtcNow,
        [ReadAhead.ForgetAfter] = DateTimeOffset.UtcNow.AddDays(1),
    };

    private static async Task<Answer> WithdrawAsync(App app, Account account)
    {
        var alice = app.As(account);
        var meeting = (await alice.PostAsync("meetings", new JsonObject { ["topic"] = "Planning" })).Json["id"];
        var invitation = (await alice.PostAsync($"meetings/{meeting}/invitations", new JsonObject { ["email"] = "gwen@guest.example" })).Json["id"];
        return await alice.DeleteAsync($"meetings/{meeting}/invitations/{invitation}");
    }
}
