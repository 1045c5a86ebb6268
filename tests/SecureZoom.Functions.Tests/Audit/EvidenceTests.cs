using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using SecureZoom.Functions.Audit.Recording;
using SecureZoom.Functions.Tests.Support;
using SecureZoom.Sandbox.Identity;
using SecureZoom.Verification;

namespace SecureZoom.Functions.Tests.Audit;

/// <summary>Records are given away each with its proof, and about one person nothing of anybody else.</summary>
public sealed class EvidenceTests(Cloud cloud) : AttackBench(cloud), IAsyncLifetime
{
    private static readonly AuditActor Alice = new()
    {
        Type = "user",
        Issuer = "https://auth.example/",
        Subject = "auth0|alice",
        Name = "Alice Adams",
        Email = "alice@acme.example",
    };

    private static readonly AuditActor Bob = new() { Type = "user", Issuer = "https://auth.example/", Subject = "auth0|bob", Name = "Bob Brown", Email = "bob@acme.example" };

    private App _app = null!;

    public async ValueTask InitializeAsync()
    {
        _app = await App.StartAsync(Cloud);
        var bench = Bench();
        await bench.AppendAsync(
            Organization,
            Story.Event(actor: Alice, topic: "Bob Brown's review"),
            Story.Event(actor: Bob, topic: "Budget", details: new JsonObject { ["participant"] = new JsonObject { ["email"] = "Alice@acme.example", ["user_name"] = "Alice Adams" } }),
            Story.Event(actor: Bob, topic: "Holidays"),
            Story.Event(actor: Alice, topic: null));
        Assert.True(await bench.SignAsync(Organization));
        await bench.AppendAsync(Organization, Story.Event(actor: Alice, topic: null));
    }

    public async ValueTask DisposeAsync() => await _app.DisposeAsync();

    [Fact]
    public async Task Whoever_has_the_file_and_a_pinned_key_needs_nothing_else()
    {
        var verdict = Verify(await CollectAsync("&sequence=2-3"));
        Assert.Empty(verdict.Problems);
        Assert.Equal((2, 3, 4), (verdict.Records, verdict.Size, verdict.CoveredTo!.Head.Size));
    }

    [Fact]
    public async Task A_file_about_a_person_has_all_that_names_the_person_and_nothing_of_others()
    {
        var answer = await CollectAsync("&person=alice@acme.example");
        Assert.Empty(Verify(answer).Problems);
        Assert.Equal([1, 2, 4], Sequences(answer));
        Assert.Contains("Alice Adams", answer.Text, StringComparison.Ordinal);
        Assert.Contains("Alice@acme.example", answer.Text, StringComparison.Ordinal);
        foreach (var other in (string[])["Bob", "bob", "Brown", "review", "Budget"])
        {
            Assert.DoesNotContain(other, answer.Text, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task Texts_are_shown_to_those_who_ask_for_them()
    {
        var answer = await CollectAsync("&person=auth0|alice&texts=true");
        Assert.Empty(Verify(answer).Problems);
        // By the subject as by the address, wherever either stands.
        Assert.Equal([1, 2, 4], Sequences(answer));
        Assert.Contains("Bob Brown's review", answer.Text.Replace("\\u0027", "'", StringComparison.Ordinal), StringComparison.Ordinal);
        Assert.DoesNotContain("bob@acme.example", answer.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_waits_for_its_checkpoint_is_left_out_and_a_conflict_when_it_was_asked_for()
    {
        Assert.Equal([1, 2, 3, 4], Sequences(await CollectAsync("")));
        Assert.Empty(Sequences(await CollectAsync("&person=nobody@acme.example")));
        AssertIs(409, "not_signed_yet", await CollectAsync("&sequence=5"));
        AssertIs(409, "not_signed_yet", await CollectAsync("&sequence=4-5"));
        AssertIs(409, "not_signed_yet", await _app.As(Accounts.Olive).GetAsync($"audit/evidence?organization={Story.NewOrganization()}"));
    }

    [Theory]
    [InlineData("&sequence=99", 404, "record_not_found")]
    [InlineData("&sequence=0", 400, "invalid_request")]
    [InlineData("&sequence=3-2", 400, "invalid_request")]
    [InlineData("&sequence=1,", 400, "invalid_request")]
    [InlineData("&sequence=9999999999999999", 400, "invalid_request")]
    [InlineData("&texts=yes", 400, "invalid_request")]
    [InlineData("&limit=3", 400, "invalid_request")]
    public async Task What_cannot_be_is_told(string query, int status, string code) => AssertIs(status, code, await CollectAsync(query));

    [Fact]
    public async Task More_than_fits_one_file_is_told()
    {
        var bench = Bench();
        await bench.AppendAsync(Organization, Story.Events(1000));
        Assert.True(await bench.SignAsync(Organization));
        AssertIs(400, "invalid_request", await CollectAsync(""));
        Assert.Equal(1000, Verify(await CollectAsync("&sequence=1-1000")).Records);
    }

    private Task<Answer> CollectAsync(string query) => _app.As(Accounts.Olive).GetAsync($"audit/evidence?organization={Organization}{query}");

    private static void AssertIs(int status, string code, Answer answer) => Assert.Equal((status, code), ((int)answer.Status, answer.Code));

    private static IEnumerable<int> Sequences(Answer answer) => Lines(answer)
        .Select(line => JsonNode.Parse(line)!["index"]).OfType<JsonNode>().Select(index => (int)index + 1);

    private static string[] Lines(Answer answer) => answer.Text.TrimEnd('\n').Split('\n');

    private TrailVerdict Verify(Answer answer)
    {
        Assert.True(EvidenceFile.TryRead([.. Lines(answer).Select(line => (ReadOnlyMemory<byte>)Encoding.UTF8.GetBytes(line))], out var file));
        using var key = ECDsa.Create();
        key.ImportFromPem(Cloud.Secrets["audit-checkpoint-key"]);
        return EvidenceVerifier.Verify(file, [PublicKey.Of(key).Thumbprint], Time.GetUtcNow());
    }
}
