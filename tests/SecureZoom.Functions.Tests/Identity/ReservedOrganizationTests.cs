using System.Net;
using System.Text.Json.Nodes;
using SecureZoom.Functions.Tests.Support;
using SecureZoom.Sandbox.Identity;

namespace SecureZoom.Functions.Tests.Identity;

/// <summary>An organisation that calls itself what one of our own trails is called would read and write it.</summary>
public sealed class ReservedOrganizationTests(Cloud cloud) : IAsyncLifetime
{
    private App _app = null!;

    public static TheoryData<string> Reserved => ["unassigned", "Unassigned", ".members", "."];

    public async ValueTask InitializeAsync() => _app = await App.StartAsync(cloud);

    public ValueTask DisposeAsync() => _app.DisposeAsync();

    [Theory]
    [MemberData(nameof(Reserved))]
    public async Task A_token_that_names_one_is_refused(string organization)
    {
        var answer = await _app.As(Accounts.Carol.In(organization)).GetAsync("audit");
        Assert.Equal((HttpStatusCode.Unauthorized, "invalid_token"), (answer.Status, answer.Code));
    }

    [Theory]
    [MemberData(nameof(Reserved))]
    public async Task Nobody_is_invited_who_cannot_be(string organization)
    {
        var created = await _app.As(Accounts.Alice).PostAsync("meetings", new JsonObject { ["topic"] = "Reserved" });
        var invited = await _app.As(Accounts.Alice).PostAsync(
            $"meetings/{created.Json["id"]}/invitations", new JsonObject { ["organization"] = organization });
        Assert.Equal("invalid_request", invited.Code);
    }

    [Fact]
    public async Task Operators_still_read_what_is_nobody_s()
    {
        Assert.Equal(HttpStatusCode.OK, (await _app.As(Accounts.Olive).GetAsync("audit?organization=unassigned")).Status);
        Assert.Equal("invalid_request", (await _app.As(Accounts.Olive).GetAsync("audit?organization=.members")).Code);
    }
}
