using System.Text.Json.Nodes;
using Microsoft.Extensions.DependencyInjection;
using SecureZoom.Functions.Audit.Erasing;
using SecureZoom.Functions.Audit.Indexing;
using SecureZoom.Functions.Audit.Recording;
using SecureZoom.Functions.Authorization;
using SecureZoom.Functions.IdentityEvents;
using SecureZoom.Functions.Secrets;
using SecureZoom.Functions.Storage;
using SecureZoom.Functions.Tests.Audit.Summaries;
using SecureZoom.Functions.Tests.Support;
using SecureZoom.Operator;
using static SecureZoom.Functions.Tests.Support.IdentitySources;

namespace SecureZoom.Functions.Tests.Audit.Erasing;

/// <summary>
/// What identity providers tell of a person, and what is made of it (ended access, counts, the index), is told to whoever asks, and gone once they
/// are forgotten: also of somebody who never signed in here.
/// </summary>
public sealed class ForgottenEventsTests(QueueCloud queues) : IClassFixture<QueueCloud>, IAsyncLifetime
{
    private const string OktaSecret = "own-hook-secret";
    private const string StreamSecret = "own-stream-secret";
    private const string Connection = "own-okta";

    /// <summary>As long as the list of ended access remembers, and the hours that clocks may differ.</summary>
    private static readonly TimeSpan Remembered = TimeSpan.FromDays(33);

    private readonly string _organization = Story.NewOrganization();
    private ErasureBench _bench = null!;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => _bench = await ErasureBench.StartAsync(queues.Cloud, organization: _organization, settings: new()
    {
        ["IdentityEvents:5:Type"] = "okta",
        ["IdentityEvents:5:Organizations"] = _organization,
        ["IdentityEvents:5:SecretName"] = "okta-own",
        ["IdentityEvents:5:Connection"] = Connection,
        ["IdentityEvents:6:Type"] = "auth0",
        ["IdentityEvents:6:Organizations"] = "*",
        ["IdentityEvents:6:SecretName"] = "auth0-own",
        ["Secrets:okta-own"] = OktaSecret,
        ["Secrets:auth0-own"] = StreamSecret,
    });

    public async ValueTask DisposeAsync() => await _bench.DisposeAsync();

    [Fact]
    public async Task Of_whom_only_providers_tell_all_of_it_is_told_and_then_forgotten()
    {
        var mira = NewPerson();
        await LiveAsync(mira, isPutOut: false);
        await AssertToldAsync(mira);
        await AssertForgottenAsync(mira);
    }

    [Fact]
    public async Task Of_whoever_signed_in_here_too_all_of_it_is_told_and_then_forgotten()
    {
        var mira = NewPerson();
        await _bench.AppendAsync(Story.Event(actor: new AuditActor
        {
            Type = "user",
            Issuer = queues.Cloud.Identity.Address.AbsoluteUri,
            Subject = mira.Subject,
            Name = mira.Name,
            Email = mira.Email,
            OrganizationName = "Acme Corp",
        }));
        await LiveAsync(mira, isPutOut: true);
        await AssertToldAsync(mira);
        await AssertForgottenAsync(mira);
    }

    [Fact]
    public void Whoever_takes_one_address_after_another_at_a_provider_ties_nobody_else_to_the_first()
    {
        var bob = new NamedPerson("bob@north.test");
        bob.Learn([Told("auth0|mallory", "bob@north.test"), Told("auth0|mallory", "alice@north.test"), Told("auth0|alice", "alice@north.test")]);
        Assert.Equal(["auth0|mallory"], bob.Accounts.Select(account => account.Subject));
        Assert.Equal(["bob@north.test"], bob.Known.Addresses);

        static NamedPerson.Sighting Told(string subject, string email) => new(ErasureBench.Issuer, subject, email, Name: null, Pseudonym: null, ZoomId: null, IsTold: true);
    }

    private static Somebody NewPerson()
    {
        var id = $"00u{Guid.NewGuid():N}"[..20];
        return new Somebody(id, $"okta|{Connection}|{id}", $"{id}@north.test");
    }

    /// <summary>A bad day: failures, a lock, a suspension that is over, sessions that are cleared, by both providers; some name the account alone.</summary>
    /// <param name="isPutOut">Whether also by what says who it is for good.</param>
    private async Task LiveAsync(Somebody who, bool isPutOut)
    {
        var failed = Okta("user.session.start", who.Id, result: "FAILURE");
        failed["actor"] = new JsonObject { ["id"] = who.Id, ["type"] = "User", ["alternateId"] = who.Email, ["displayName"] = who.Name };
        (failed["target"], failed["outcome"]!["reason"]) = (null, "INVALID_CREDENTIALS");
        JsonObject[] okta =
        [
            failed, Okta("user.account.lock", who.Id), Okta("user.session.clear", who.Id), Okta("group.user_membership.remove", who.Id),
            .. isPutOut ? (JsonObject[])[Okta("user.lifecycle.suspend", who.Id), Okta("user.lifecycle.unsuspend", who.Id)] : [],
        ];
        await DeliverAsync(_bench.App, "okta", OktaSecret, Hook(okta));
        JsonObject[] auth0 =
        [
            Auth0("s", who.Subject, name: who.Email), Auth0("fp", who.Subject, name: who.Email), Auth0("slo", who.Subject), Auth0("scp", who.Subject),
            Auth0("sapi", user: null), Auth0("sapi", user: null), Auth0("gd_auth_failed", who.Subject),
        ];
        foreach (var (log, isBlocked) in ((JsonObject, bool)[])[(auth0[4], true), (auth0[5], false)])
        {
            log["data"]!["details"] = new JsonObject
            {
                ["request"] = new JsonObject { ["method"] = "patch", ["path"] = $"/api/v2/users/{Uri.EscapeDataString(who.Subject)}", ["body"] = new JsonObject { ["blocked"] = isBlocked } },
            };
        }

        foreach (var log in auth0)
        {
            log["data"]!["organization_id"] = _organization;
        }

        await DeliverAsync(_bench.App, "auth0", StreamSecret, new JsonArray(auth0));
        var source = _bench.App.Services.GetRequiredService<IdentityEventsOptions>().Sources.First(one => one.SecretName == "okta-own");
        await _bench.App.Services.GetRequiredService<SourceHeartbeats>().AdvanceAsync(
            source, "https://own.okta.test/api/v1/logs?after=1627500044869_1", _bench.Time.GetUtcNow(), Cancellation);
        await Wait.ForAsync("all of it in the trail", async () =>
            (await _bench.ReadAsync()).Count(record => record.Source is "okta" or "auth0") is var count && count == okta.Length + auth0.Length ? "" : null);

        // Enough for a tile, and its filter.
        await _bench.AppendAsync(Story.Events(256));
        await _bench.SignAndVerifyAsync();
        await _bench.Trail.CountAsync();

        var key = await _bench.Cloud.SecretStore().SealingAsync(SecretNames.AuditMessageKey, Cancellation);
        var lost = new Day(_bench.Time.GetUtcNow()).SignOut(new AuditActor { Type = "user", Issuer = queues.Cloud.Identity.Address.AbsoluteUri, Subject = who.Subject }, 0)
            .Events[0] with
        { Organization = _organization };
        await _bench.Quarantine.CreateIfNotExistsAsync(cancellationToken: Cancellation);
        await _bench.Quarantine.GetBlobClient($"2026-11-26/{Guid.NewGuid():N}").UploadAsync(BinaryData.FromString(AuditMessage.Seal(Story.Entry(lost), key)), overwrite: true, Cancellation);
        var poison = _bench.Queue("audit-events-poison");
        await poison.CreateIfNotExistsAsync(cancellationToken: Cancellation);
        await poison.SendMessageAsync(AuditMessage.Seal(Story.Entry(lost with { Id = Guid.NewGuid().ToString("N") }), key), Cancellation);
    }

    /// <summary>Each place in storage that names them has its line.</summary>
    private async Task AssertToldAsync(Somebody who)
    {
        var output = new StringWriter();
        Assert.Equal(0, await Tell.RunAsync([who.Email, "--organization", _organization], () => new RunningApp(_bench.App.Services), output, Cancellation));
        List<JsonObject> lines = [.. output.ToString().Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => JsonNode.Parse(line)!.AsObject())];
        var places = (await PlacesAsync(who)).ToList();
        // Of every kind there is one.
        foreach (var kind in (string[])[$"audit {_organization} 0", "s:state", "s:h:", "s:d:", "access people ", "audit-events-poison", "audit-quarantine/"])
        {
            Assert.Contains(places, place => place.Contains(kind, StringComparison.Ordinal));
        }

        Assert.All(places, place => Assert.True(lines.Exists(line => IsOf(line, place)), $"Nothing of {place} is told"));
        Assert.Contains(lines, line => (string?)line["kind"] == "index, by MACs");
        var told = string.Join('\n', lines.Select(line => line.ToJsonString()));
        Assert.DoesNotContain("admin@north.test", told, StringComparison.OrdinalIgnoreCase);
    }

    private async Task AssertForgottenAsync(Somebody who)
    {
        var told = new StringWriter();
        string[] arguments = [who.Email, "--organization", _organization, "--reason", "She asked for it."];
        Assert.Equal(0, await Forget.RunAsync(arguments, () => new RunningApp(_bench.App.Services), told, Cancellation));
        // What ended lately is remembered, as is said of each, and nothing else.
        Assert.All(await PlacesAsync(who), place =>
        {
            Assert.StartsWith("access people ", place, StringComparison.Ordinal);
            Assert.Contains($"ended access {place.Split(' ')[2]} names them", told.ToString(), StringComparison.Ordinal);
        });
        Assert.Empty((await _bench.SignAndVerifyAsync()).Problems);
        var index = _bench.App.Services.GetRequiredService<IEnumerable<IPersonStore>>().OfType<IndexEraser>().Single();
        Assert.Empty(await index.TellAsync(_organization, who.Known(queues.Cloud.Identity.Address.AbsoluteUri), Cancellation).ToListAsync(Cancellation));
        foreach (var word in who.Words(queues.Cloud.Identity.Address.AbsoluteUri))
        {
            Assert.DoesNotContain(_bench.App.Logs.Entries.Where(entry => !entry.StartsWith("Debug", StringComparison.Ordinal)), entry => StorageSearch.Holds(entry, word));
        }

        // And goes by itself, at night.
        _bench.Time.Advance(Remembered);
        await _bench.App.Services.GetRequiredService<SealRenewal>().RenewAsync(Cancellation);
        Assert.Empty(await PlacesAsync(who));
    }

    private async Task<IEnumerable<string>> PlacesAsync(Somebody who)
    {
        var places = new HashSet<string>(StringComparer.Ordinal);
        foreach (var word in who.Words(queues.Cloud.Identity.Address.AbsoluteUri))
        {
            places.UnionWith(await StorageSearch.FindAsync(queues.Cloud, word));
        }

        return places;
    }

    /// <summary>Whether a line is what is kept in a place.</summary>
    private static bool IsOf(JsonObject line, string place) => place.Split(' ') switch
    {
        ["audit", _, "s:state", ..] => (string?)line["kind"] == "summary of the last day",
        ["audit", _, var key, ..] when key.StartsWith("s:h:", StringComparison.Ordinal) => (string?)line["kind"] == "summary of the hour",
        ["audit", _, var key, ..] when key.StartsWith("s:d:", StringComparison.Ordinal) => (string?)line["kind"] == "summary of the day",
        ["audit", _, var key, ..] when long.TryParse(key, out var sequence) => line["record"] is not null && (long)line["sequence"]! == sequence,
        ["access", "people", var id, ..] => (string?)line["kind"] == "ended access" && (string?)line["id"] == id,
        ["audit-events-poison"] => ((string?)line["message"])?.StartsWith("audit-events-poison/", StringComparison.Ordinal) is true,
        [var blob] => (string?)line["message"] == blob,
        _ => false,
    };

    private sealed record Somebody(string Id, string Subject, string Email)
    {
        public string Name => $"Mira {Id}";

        /// <summary>All that names them: address, subject and name hold the id.</summary>
        public string[] Words(string issuer) => [Id, Caller.PseudonymOf(issuer, Subject)];

        public NamedPerson Known(string issuer) =>
            new(Email, new KnownAs([], [new KnownAccount(issuer, Subject)], [Subject, Caller.PseudonymOf(issuer, Subject)], []));
    }
}
