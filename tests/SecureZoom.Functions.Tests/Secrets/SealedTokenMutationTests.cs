using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.Extensions.DependencyInjection;
using SecureZoom.Functions.Authorization;
using SecureZoom.Functions.Http;
using SecureZoom.Functions.Identity;
using SecureZoom.Functions.Invitations;
using SecureZoom.Functions.Secrets;
using SecureZoom.Functions.Tests.Support;
using SecureZoom.Functions.Zoom;

namespace SecureZoom.Functions.Tests.Secrets;

/// <summary>Thousands of invitations and cursors that we never gave: each is refused in order, and none is an error of ours.</summary>
public sealed class SealedTokenMutationTests(Cloud cloud) : IAsyncLifetime
{
    private const int Tokens = 5_000;
    private const int Seed = 20_261_126;
    private const string Guests = "org_mutants";
    private const string List = "meetings";

    private static readonly MeetingNumber Number = MeetingNumber.From(85_012_345_678)!.Value;
    private static readonly Caller Caller = new(
        "https://issuer.example/", "somebody", new CallerOrganization(Guests, null), null, null, false, null, [], null, [], new HashSet<string>(), false);

    private App _app = null!;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => _app = await App.StartAsync(cloud);

    public ValueTask DisposeAsync() => _app.DisposeAsync();

    [Fact]
    public async Task Of_5000_mutated_invitations_none_opens_anything()
    {
        var seal = _app.Services.GetRequiredService<InvitationSeal>();
        var invitation = new Invitation
        {
            Id = "0123456789abcdef0123456789abcdef",
            Meeting = Number.Value,
            Registration = "fedcba9876543210fedcba9876543210",
            Owner = "org_owner",
            ForOrganization = Guests,
            Topic = "Planning",
            Passcode = "passcode",
            Issued = DateTimeOffset.UtcNow,
            Expires = DateTimeOffset.UtcNow.AddDays(1),
        };
        var (good, other) = (await seal.SealAsync(invitation, Cancellation), await seal.SealAsync(invitation, Cancellation));
        var plain = JsonSerializer.Serialize(invitation, JsonSerializerOptions.Web);
        var mutator = new SealedTokenMutator(good, other, "invitation", plain, [.. Bad(plain)], Key("grant-key"));

        for (var number = 0; number < Tokens; number++)
        {
            var token = mutator.Next(new Random(Seed + number));
            var refusal = await Record.ExceptionAsync(() => seal.OpenAsync(token, Caller, Number, Cancellation));
            Assert.True(
                refusal is AccessException { Error: AccessError.InvalidInvitation } or MeetingNotFoundException,
                $"{refusal?.GetType().Name ?? "Accepted"}; seed {Seed}, number {number}: {token}");
        }

        Assert.Equal(invitation, await seal.OpenAsync(good, Caller, Number, Cancellation));
    }

    [Fact]
    public async Task Of_5000_mutated_cursors_none_goes_on()
    {
        var cursors = _app.Services.GetRequiredService<ListCursor>();
        var good = await cursors.SealAsync(List, Guests, "85012345678", Caller, Cancellation);
        var other = await cursors.SealAsync(List, Guests, "85012345679", Caller, Cancellation);
        var plain = $"85012345678|{Caller.Pseudonym}|{Guests}";
        string[] bad = ["", "|", "85012345678", $"85012345678|{Guests}|{Caller.Pseudonym}", $"85012345678|{Caller.Pseudonym}|org_other", $"{plain}|", plain[..^1]];
        var mutator = new SealedTokenMutator(good, other, "meetings-cursor", plain, bad, Key("cursor-key"));

        for (var number = 0; number < Tokens; number++)
        {
            var token = mutator.Next(new Random(Seed + number));
            var refusal = await Record.ExceptionAsync(() => cursors.OpenAsync(List, Guests, token, Caller, Cancellation));
            Assert.True(
                refusal is RequestException { Error: RequestError.InvalidCursor },
                $"{refusal?.GetType().Name ?? "Accepted"}; seed {Seed}, number {number}: {token}");
        }

        Assert.Equal("85012345678", await cursors.OpenAsync(List, Guests, good, Caller, Cancellation));
    }

    /// <summary>Invitations without a member that they need, with one of another value or kind, and what is no invitation at all.</summary>
    private static IEnumerable<string> Bad(string plain)
    {
        foreach (var name in (string[])["id", "meeting", "registration", "owner", "forOrganization", "issued", "expires"])
        {
            var without = JsonNode.Parse(plain)!.AsObject();
            without.Remove(name);
            yield return without.ToJsonString();
            foreach (var value in (string[])["{}", "[]", "true", "1e999", "0", "\"\"", "\"2000-01-01T00:00:00+00:00\""])
            {
                if ((name, value) is not (("id" or "registration" or "owner", ['"', ..]) or ("issued", ['"', '2', ..])))
                {
                    yield return $$"""{"{{name}}":{{value}},{{without.ToJsonString()[1..]}}""";
                }
            }
        }

        foreach (var text in (string[])["", "null", "0", "[]", "{}", "\"\"", plain[..^1], "[" + plain + "]", "\ud800"])
        {
            yield return text;
        }
    }

    private SecretVersion Key(string name) => new(cloud.Secrets[name]);
}
