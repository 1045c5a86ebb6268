using System.Net;
using Azure.Data.Tables;
using Microsoft.Extensions.Logging.Abstractions;
using SecureZoom.Functions.Revocations;
using SecureZoom.Functions.Storage;
using SecureZoom.Functions.Tests.Audit;
using SecureZoom.Functions.Tests.Support;
using SecureZoom.Sandbox.Identity;
using static SecureZoom.Functions.Tests.Support.IdentitySources;

namespace SecureZoom.Functions.Tests.Access;

/// <summary>The list of ended access is for all organisations: whoever fills it makes room for the others, and lets nobody in by that.</summary>
public sealed class FullAccessListTests : IAsyncLifetime
{
    private static readonly DateTimeOffset FilledAt = DateTimeOffset.UtcNow.AddHours(-2);

    private readonly Cloud _cloud = new();

    public ValueTask InitializeAsync() => _cloud.InitializeAsync();

    public ValueTask DisposeAsync() => _cloud.DisposeAsync();

    [Fact]
    public async Task One_organisation_s_ten_thousand_keep_nobody_else_s_people_in_and_none_of_their_own()
    {
        await FillAsync();
        await using var app = await App.StartAsync(_cloud, IdentitySources.Settings);
        Assert.Equal("token_revoked", (await CallAsync(app, "okta|north-okta|00u0", North)).Code);
        Assert.Equal(HttpStatusCode.OK, (await CallAsync(app, "okta|north-okta|00uIn", North, signedInAgo: 10_000)).Status);

        // Another's person, and one more of theirs.
        await SuspendAsync(app, SouthSecret);
        await SuspendAsync(app, NorthSecret);
        Assert.Equal("token_revoked", (await CallAsync(app, "okta|south-okta|00uOut", South)).Code);
        Assert.Equal("token_revoked", (await CallAsync(app, "okta|north-okta|00uOut", North)).Code);

        // Those whose rows gave way are out, whatever tokens they have; with them who signed in before, of their connection alone.
        Assert.Equal("token_revoked", (await CallAsync(app, "okta|north-okta|00u0", North, signedInAgo: 10_000)).Code);
        Assert.Equal("token_revoked", (await CallAsync(app, "okta|north-okta|00u0", North, signedInAgo: null)).Code);
        Assert.Equal("token_revoked", (await CallAsync(app, "okta|north-okta|00uIn", North, signedInAgo: 10_000)).Code);
        Assert.Equal(HttpStatusCode.OK, (await CallAsync(app, "okta|north-okta|00uIn", North, signedInAgo: 600)).Status);
        Assert.Equal(HttpStatusCode.OK, (await CallAsync(app, "okta|south-okta|00uIn", South, signedInAgo: 10_000)).Status);
        Assert.Equal(HttpStatusCode.OK, (await CallAsync(app, "auth0|in", North, signedInAgo: 10_000)).Status);

        Assert.Contains(app.Logs.Entries, entry => entry.StartsWith("Critical", StringComparison.Ordinal) && entry.Contains("is full and org_north takes most of it", StringComparison.Ordinal));
        // Beside it, storage that is slow to give out ten thousand rows may be told of.
        Assert.Contains("ended-access-full org_north", app.Logs.Alerts());
        Assert.Contains("ended-access-full", (await app.As(Accounts.Alice).GetAsync("health")).Json["attention"]!.AsArray().Select(one => (string?)one));
    }

    /// <summary>Suspends as many of the North as the list holds, written as it writes them, all at once.</summary>
    private async Task FillAsync()
    {
        var cancellationToken = TestContext.Current.CancellationToken;
        var seal = new RowSeal(_cloud.SecretStore(), TimeProvider.System, NullLogger<RowSeal>.Instance);
        var table = new TableClient(_cloud.Storage.ConnectionString, AccessTable.Name);
        await table.CreateIfNotExistsAsync(cancellationToken);
        var ids = await EndedAccessId.OpenAsync(_cloud.SecretStore(), cancellationToken);
        var rows = Enumerable.Range(0, CachedPartition.Capacity - 1).Select(number => Suspended(number, ids)).Append(new TableEntity { RowKey = "whole" }).ToDictionary(row => row.RowKey);
        foreach (var row in rows.Values)
        {
            row.PartitionKey = EndedAccessList.Partition;
            row[PartitionContents.GenerationProperty] = 1L;
        }

        foreach (var some in rows.Values.Append(PartitionContents.NewHead(EndedAccessList.Partition, 1, rows)).Chunk(100))
        {
            foreach (var row in some)
            {
                await seal.SealAsync(AccessTable.Name, row, cancellationToken);
            }

            await table.SubmitTransactionAsync(some.Select(row => new TableTransactionAction(TableTransactionActionType.Add, row)), cancellationToken);
        }
    }

    private TableEntity Suspended(int number, EndedAccessId ids)
    {
        var change = new EndedAccessChange(EndedAccessKind.Suspended, Ends: true, _cloud.Identity.Address.AbsoluteUri, $"okta|north-okta|00u{number}", FilledAt.AddMilliseconds(number))
        {
            Reach = EndedAccessChange.Everywhere,
            Organization = North,
            Reason = "person.suspended",
            By = "okta",
        };
        return EndedAccess.Of(change, ids).ToRow(DateTimeOffset.UtcNow.AddDays(32));
    }

    private static Task SuspendAsync(App app, string secret) => DeliverAsync(app, "okta", secret, Hook(Okta("user.lifecycle.suspend", "00uOut")));

    private static Task<Answer> CallAsync(App app, string subject, string organization, int? signedInAgo = 600) =>
        AnswerAsync(() => app.As(Accounts.Bob.In(organization), Token(subject, signedInAgo)).GetAsync("me"));

    /// <summary>Ten thousand rows take storage that has other things to do a while, and whoever asks is told to come again.</summary>
    private static Task<Answer> AnswerAsync(Func<Task<Answer>> ask) => Wait.ForAsync(
        "an answer", async () => await ask() is { Status: not HttpStatusCode.ServiceUnavailable } answer ? answer : null);
}
