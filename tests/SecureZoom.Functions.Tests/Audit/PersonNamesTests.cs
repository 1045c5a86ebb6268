using System.Security.Cryptography;
using System.Text;
using SecureZoom.Functions.Audit.Recording;
using SecureZoom.Functions.Authorization;
using SecureZoom.Functions.Tests.Support;

namespace SecureZoom.Functions.Tests.Audit;

/// <summary>Who goes by another person's name is in the trail as somebody who calls themselves so: in quotes.</summary>
public sealed class PersonNamesTests(Cloud cloud) : IAsyncLifetime
{
    private readonly string _organization = Story.NewOrganization();

    public async ValueTask InitializeAsync()
    {
        // Whoever is first makes the table.
        using var bench = new TrailBench(cloud);
        await bench.AppendAsync(_organization, Story.Event());
        Assert.StartsWith("Alice Adams created", await ToldAsync(Alice), StringComparison.Ordinal);
    }

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    [Theory]
    [InlineData("Alice Adams")]
    [InlineData("ALICE ADAMS")]
    [InlineData("Alice-Adams")]
    public async Task Another_person_by_that_name_is_quoted(string name)
    {
        var bob = Alice with { Subject = "bob", Name = name, Email = "bob@acme.example" };
        Assert.StartsWith($"\"{name}\" created", await ToldAsync(bob), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_participant_by_that_name_is_quoted_whatever_they_tell_Zoom() =>
        Assert.StartsWith("\"Alice Adams\" created", await ToldAsync(Alice with { Type = "participant", Issuer = null }), StringComparison.Ordinal);

    [Fact]
    public async Task The_person_herself_is_not_and_neither_is_who_has_a_name_of_their_own()
    {
        Assert.StartsWith("Alice Adams created", await ToldAsync(Alice with { Email = null }), StringComparison.Ordinal);
        Assert.StartsWith("Alice Adams created", await ToldAsync(Alice with { Type = "zoom_user", Issuer = null, Subject = "zoom" }), StringComparison.Ordinal);
        Assert.StartsWith("Eve Evans created", await ToldAsync(Alice with { Type = "participant", Name = "Eve Evans" }), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_name_is_an_organisation_s_own()
    {
        var organization = Story.NewOrganization();
        Assert.StartsWith("Alice Adams created", await ToldAsync(Alice with { Subject = "alice-there", Email = null }, organization), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_guess_of_a_name_or_an_address_is_confirmed_by_no_row()
    {
        var rows = (await new Attacker(cloud, _organization).CopyAsync()).Where(row => row.RowKey.StartsWith("n:", StringComparison.Ordinal)).ToList();
        var kept = rows.SelectMany(row => row.Select(property => property.Value)).OfType<string>().ToList();
        Assert.NotEmpty(rows);
        foreach (var guess in new[] { "ALICEADAMS", "Alice Adams", "ALICE@ACME.EXAMPLE", "alice@acme.example" })
        {
            var hash = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(guess)));
            Assert.DoesNotContain(kept, text => text.Contains(hash, StringComparison.Ordinal) || text.Contains(guess, StringComparison.Ordinal));
        }

        Assert.DoesNotContain(Caller.PseudonymOf(Alice.Issuer, Alice.Subject), kept);
    }

    [Fact]
    public async Task Who_can_write_to_the_table_makes_nobody_a_namesake()
    {
        var attacker = new Attacker(cloud, _organization);
        var bob = Alice with { Subject = "bob", Name = "Bob Brown", Email = "bob@acme.example" };
        Assert.StartsWith("Bob Brown created", await ToldAsync(bob), StringComparison.Ordinal);
        var rows = (await attacker.CopyAsync()).Where(row => row.RowKey.StartsWith("n:", StringComparison.Ordinal)).ToList();
        // Each other's row, whole.
        foreach (var (row, other) in rows.Zip(rows.AsEnumerable().Reverse()))
        {
            await attacker.AlterAsync(row.RowKey, changed =>
            {
                changed["Person"] = other["Person"];
                changed["Email"] = other["Email"];
                changed["Mac"] = other["Mac"];
            });
        }

        Assert.StartsWith("Alice Adams created", await ToldAsync(Alice), StringComparison.Ordinal);
        Assert.StartsWith("Bob Brown created", await ToldAsync(bob), StringComparison.Ordinal);
    }

    private static AuditActor Alice { get; } = new()
    {
        Type = "user",
        Issuer = "https://issuer.example/",
        Subject = "alice",
        Name = "Alice Adams",
        Email = "alice@acme.example",
    };

    private async Task<string> ToldAsync(AuditActor actor, string? organization = null)
    {
        // A new one knows nothing but what the table says.
        using var bench = new TrailBench(cloud);
        await bench.AppendAsync(organization ?? _organization, Story.Event(actor: actor));
        return (await bench.ReadAsync(organization ?? _organization))[^1].Sentence;
    }
}
