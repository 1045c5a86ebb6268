using System.Net;
using System.Text.Json.Nodes;
using SecureZoom.Functions.Audit.Recording;
using SecureZoom.Functions.Authorization;
using SecureZoom.Functions.Secrets;
using SecureZoom.Functions.Tests.Audit.Summaries;
using SecureZoom.Functions.Tests.Support;
using SecureZoom.Operator;
using SecureZoom.Sandbox.Identity;

namespace SecureZoom.Functions.Tests.Audit.Erasing;

/// <summary>Behind <c>script/forget</c> no byte anywhere names the person.</summary>
public sealed class ForgottenTests(DiskCloud queues) : IClassFixture<DiskCloud>, IAsyncLifetime
{
    /// <summary>The emulator's folders of what it appends to.</summary>
    private static readonly string[] Extents = ["__blobstorage__", "__queuestorage__"];

    private ErasureBench _bench = null!;
    private OwnZoom _zoom = null!;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    private Account Alice => Accounts.Alice.In(_bench.Organization);

    public async ValueTask InitializeAsync()
    {
        _zoom = await OwnZoom.StartAsync(queues.Cloud);
        _bench = await ErasureBench.StartAsync(queues.Cloud, _zoom);
        _zoom.TellTo(_bench.App);
    }

    public async ValueTask DisposeAsync()
    {
        await _bench.DisposeAsync();
        await _zoom.DisposeAsync();
    }

    [Fact]
    public async Task No_copy_of_a_forgotten_person_is_in_tables_queues_blobs_logs_or_exports()
    {
        var guests = Story.NewOrganization();
        var issuer = await LiveAsync(guests);
        string[] words = [Alice.Name, Alice.Email, Alice.Subject, Caller.PseudonymOf(issuer, Alice.Subject)];
        foreach (var word in words)
        {
            Assert.NotEmpty(await StorageSearch.FindAsync(queues.Cloud, word));
        }

        _bench.Time.Advance(TimeSpan.FromMinutes(10));
        var told = new StringWriter();
        var code = await Forget.RunAsync(
            [Alice.Email, "--organization", _bench.Organization, "--reason", "She asked for it.", "--everywhere"], () => new RunningApp(_bench.App.Services), told, Cancellation);

        Assert.Equal(0, code);
        Assert.Contains($"{_bench.Organization}: ", told.ToString(), StringComparison.Ordinal);
        Assert.Contains($"{guests}: ", told.ToString(), StringComparison.Ordinal);
        Assert.DoesNotContain("stays", told.ToString(), StringComparison.Ordinal);
        foreach (var word in words)
        {
            Assert.Empty(await StorageSearch.FindAsync(queues.Cloud, word));
            foreach (var format in (string[])["application/json", "application/x-ndjson", "application/x-ndjson; profile=ocsf", "text/csv"])
            {
                var export = await _bench.App.As(Accounts.Olive).GetAsync($"audit?organization={_bench.Organization}", ("Accept", format));
                Assert.Equal(HttpStatusCode.OK, export.Status);
                Assert.False(StorageSearch.Holds(export.Text, word), format);
            }

            Assert.DoesNotContain(_bench.App.Logs.Entries.Where(IsKept), entry => StorageSearch.Holds(entry, word));
        }

        Assert.Empty((await _bench.SignAndVerifyAsync()).Problems);
        await SearchFilesAsync(words, others: Accounts.Dave.In(guests).Email);
    }

    [Fact]
    public async Task Other_trails_that_name_the_person_are_named_and_left_unless_they_are_meant()
    {
        var guests = Story.NewOrganization();
        await _bench.TellAsync();
        await _bench.Trail.AppendAsync(guests, Story.Event(actor: _bench.Alice, topic: null));
        var told = new StringWriter();
        string[] arguments = [_bench.Email, "--organization", _bench.Organization, "--reason", "She asked for it."];
        Assert.Equal(0, await Forget.RunAsync(arguments, () => new RunningApp(_bench.App.Services), told, Cancellation));
        Assert.Contains($"{_bench.Organization}: 6 parts of 4 records are erased, authorised by record 7", told.ToString(), StringComparison.Ordinal);
        Assert.Contains(guests, told.ToString().Split("Other trails")[1], StringComparison.Ordinal);
        Assert.True((await _bench.Trail.ReadAsync(guests))[0].Actor.Erased is null);

        Assert.Equal(0, await Forget.RunAsync([.. arguments, "--everywhere"], () => new RunningApp(_bench.App.Services), told, Cancellation));
        Assert.True((await _bench.Trail.ReadAsync(guests))[0].Actor.Erased);
    }

    [Theory]
    [InlineData("forget")]
    [InlineData("alice@acme.example")]
    [InlineData("alice@acme.example", "--organization", "org_acme")]
    [InlineData("alice@acme.example", "--organization", "org/acme", "--reason", "x")]
    [InlineData("alice@acme.example", "--organization", "org_acme", "--reason", " ")]
    [InlineData("alice@acme.example", "--organization", "org_acme", "--reason", "x", "--force", "x")]
    public Task A_wrong_command_does_nothing_and_says_how_to(params string[] arguments) => Assert.ThrowsAsync<UsageException>(
        () => Forget.RunAsync(arguments, () => throw new InvalidOperationException("Nothing is opened."), TextWriter.Null, Cancellation));

    /// <summary>Byte by byte, once the emulator has written everything and ended.</summary>
    /// <remarks>
    /// Messages and the contents of blobs lie in its extents, which it appends to: what is deleted or replaced there stays in the file until its
    /// collector takes the whole extent, minutes later, while it runs. No call of the API shows it any more, which was looked at before.
    /// </remarks>
    /// <param name="others">Whom nobody has forgotten: the search finds them.</param>
    private async Task SearchFilesAsync(IEnumerable<string> words, string others)
    {
        await queues.Cloud.Storage.StopAsync();
        try
        {
            Assert.Contains("__azurite_db_table__.json", await FolderSearch.FindAsync(queues.Folder, others, Cancellation));
            foreach (var word in words)
            {
                var places = await FolderSearch.FindAsync(queues.Folder, word, Cancellation);
                Assert.DoesNotContain(places, place => !Extents.Contains(place.Split(Path.DirectorySeparatorChar)[0]));
            }
        }
        finally
        {
            await queues.Cloud.Storage.StartAgainAsync(Cancellation);
        }
    }

    /// <summary>A day of hers, in every store there is.</summary>
    /// <returns>The issuer of her tokens.</returns>
    private async Task<string> LiveAsync(string guests)
    {
        var alice = _bench.App.As(Alice);
        var dave = _bench.App.As(Accounts.Dave.In(guests));
        var made = await alice.PostAsync("meetings", new JsonObject { ["topic"] = $"{Alice.Name}' planning", ["agenda"] = $"Ask {Alice.Email}" });
        Assert.Equal(HttpStatusCode.Created, made.Status);
        var number = made.Json["id"]!.ToString();
        Assert.Equal(HttpStatusCode.OK, (await alice.PostAsync("signature", new JsonObject { ["meetingNumber"] = number, ["role"] = 1 })).Status);
        await alice.PostAsync($"meetings/{number}/invitations", new JsonObject { ["organization"] = guests });
        var theirs = (await dave.PostAsync("meetings", new JsonObject { ["topic"] = "Theirs" })).Json["id"]!.ToString();
        var invited = await dave.PostAsync($"meetings/{theirs}/invitations", new JsonObject { ["organization"] = _bench.Organization });
        Assert.Equal(HttpStatusCode.Created, invited.Status);
        await alice.PostAsync("signature", new JsonObject { ["meetingNumber"] = theirs, ["invitation"] = (string)invited.Json["invitation"]! });
        var hers = await dave.PostAsync($"meetings/{theirs}/invitations", new JsonObject { ["email"] = Alice.Email });
        Assert.Equal(HttpStatusCode.Created, hers.Status);
        await alice.GetAsync($"meetings/{theirs}/recordings");
        Assert.Equal(HttpStatusCode.NoContent, (await alice.DeleteAsync($"meetings/{number}")).Status);
        await _zoom.Zoom.WhenDeliveredAsync();
        var first = await Wait.ForAsync("her deeds in both trails", async () =>
            (await _bench.ReadAsync()).Any(record => record is { Action: "meeting.deleted", Outcome: "success" })
            && (await _bench.Trail.ReadAsync(guests)).FirstOrDefault(record => record.Action == "signature.issued") is { } guest ? guest : null);

        await _bench.Trail.AppendAsync(_bench.Organization, [.. new Day(_bench.Time.GetUtcNow()).Fail(first.Actor, 0).Lock(first.Actor, 0).Sign(first.Actor, 0).Events, .. Story.Events(256)]);
        await _bench.SignAndVerifyAsync();
        await _bench.Trail.CountAsync();
        var named = await StorageSearch.FindAsync(queues.Cloud, Alice.Email);
        Assert.All((string[])["s:state", "s:h:", "s:d:"], row => Assert.Contains(named, place => place.Contains(row, StringComparison.Ordinal)));

        var key = await _bench.Cloud.SecretStore().SealingAsync(SecretNames.AuditMessageKey, Cancellation);
        var lost = Story.Event(actor: first.Actor, topic: $"{Alice.Name}' room") with { Organization = _bench.Organization };
        await _bench.Quarantine.CreateIfNotExistsAsync(cancellationToken: Cancellation);
        await _bench.Quarantine.GetBlobClient($"2026-11-26/{Guid.NewGuid():N}").UploadAsync(BinaryData.FromString(AuditMessage.Seal(Story.Entry(lost), key)), overwrite: true, Cancellation);
        var poison = _bench.Queue("audit-events-poison");
        await poison.CreateIfNotExistsAsync(cancellationToken: Cancellation);
        await poison.SendMessageAsync(AuditMessage.Seal(Story.Entry(lost with { Id = Guid.NewGuid().ToString("N") }), key), Cancellation);
        return first.Actor.Issuer!;
    }

    /// <summary>What a deployment keeps of the log.</summary>
    private static bool IsKept(string entry) =>
        entry.StartsWith("Information SecureZoom", StringComparison.Ordinal) || entry.StartsWith("Warning", StringComparison.Ordinal)
        || entry.StartsWith("Error", StringComparison.Ordinal) || entry.StartsWith("Critical", StringComparison.Ordinal);
}
