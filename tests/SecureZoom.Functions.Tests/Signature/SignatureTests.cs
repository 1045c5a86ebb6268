using System.Buffers.Text;
using System.Net;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using SecureZoom.Functions.Settings;
using SecureZoom.Functions.Tests.Support;
using SecureZoom.Sandbox.Identity;

namespace SecureZoom.Functions.Tests.Signature;

/// <summary>Signatures: what is in them, who gets which role, what the trail keeps.</summary>
public sealed class SignatureTests(QuietCloud quiet) : IAsyncLifetime
{
    private const string Organization = "org_signature";

    private static readonly Account Alice = Accounts.Alice.In(Organization);
    private static readonly Account Bob = Accounts.Bob.In(Organization);
    private static readonly Account Carol = Accounts.Carol.In(Organization);

    private OwnZoom _zoom = null!;
    private App _app = null!;
    private long _number;

    public async ValueTask InitializeAsync()
    {
        _zoom = await OwnZoom.StartAsync(quiet.Cloud);
        _app = await StartAsync();
        var created = await _app.As(Alice).PostAsync("meetings", new JsonObject
        {
            ["topic"] = "Signed",
            ["settings"] = new JsonObject { ["alternative_hosts"] = Carol.Email },
        });
        Assert.Equal(HttpStatusCode.Created, created.Status);
        _number = (long)created.Json["id"]!;
    }

    public async ValueTask DisposeAsync()
    {
        await _app.DisposeAsync();
        await _zoom.DisposeAsync();
    }

    [Fact]
    public async Task A_signature_is_the_JWT_of_Zoom_s_sample()
    {
        var before = DateTimeOffset.UtcNow.ToUnixTimeSeconds();
        var answer = await SignAsync(Bob);
        Assert.Equal(["signature", "sdkKey", "meetingNumber", "role", "reason", "expiresAt"], answer.Json.Select(member => member.Key));
        var parts = ((string)answer.Json["signature"]!).Split('.');
        Assert.Equal("""{"alg":"HS256","typ":"JWT"}""", Decode(parts[0]));
        var claims = JsonNode.Parse(Decode(parts[1]))!.AsObject();
        Assert.Equal(
            ["appKey", "sdkKey", "mn", "role", "iat", "exp", "tokenExp", "video_webrtc_mode"], claims.Select(member => member.Key));
        Assert.Equal(Cloud.SdkClientId, (string?)claims["appKey"]);
        Assert.Equal(Cloud.SdkClientId, (string?)claims["sdkKey"]);
        Assert.Equal(_number, (long)claims["mn"]!);
        Assert.Equal(1, (int)claims["video_webrtc_mode"]!);
        var (issued, ends) = ((long)claims["iat"]!, (long)claims["exp"]!);
        Assert.InRange(issued, before - 31, before - 20);
        Assert.Equal(7230, ends - issued);
        Assert.Equal(ends, (long)claims["tokenExp"]!);
        Assert.Equal(ends, ((DateTimeOffset)answer.Json["expiresAt"]!).ToUnixTimeSeconds());
        var mac = HMACSHA256.HashData(
            Encoding.UTF8.GetBytes(quiet.Cloud.Secrets["zoom-sdk-client-secret"]), Encoding.ASCII.GetBytes($"{parts[0]}.{parts[1]}"));
        Assert.Equal(Base64Url.EncodeToString(mac), parts[2]);
    }

    [Theory]
    [InlineData("""{"videoWebRtcMode":0}""", HttpStatusCode.OK)]
    [InlineData("""{"videoWebRtcMode":2}""", HttpStatusCode.BadRequest)]
    [InlineData("""{"videoWebRtcMode":true}""", HttpStatusCode.BadRequest)]
    [InlineData("""{"expirationSeconds":1799}""", HttpStatusCode.BadRequest)]
    [InlineData("""{"expirationSeconds":1800}""", HttpStatusCode.OK)]
    [InlineData("""{"expirationSeconds":7200}""", HttpStatusCode.OK)]
    [InlineData("""{"expirationSeconds":7201}""", HttpStatusCode.BadRequest)]
    [InlineData("""{"expirationSeconds":-1}""", HttpStatusCode.BadRequest)]
    [InlineData("""{"expirationSeconds":99999999999}""", HttpStatusCode.BadRequest)]
    [InlineData("""{"role":2}""", HttpStatusCode.BadRequest)]
    [InlineData("""{"role":-1}""", HttpStatusCode.BadRequest)]
    [InlineData("""{"role":null}""", HttpStatusCode.BadRequest)]
    [InlineData("""{"role":"one"}""", HttpStatusCode.BadRequest)]
    [InlineData("""{"sdkKey":"mine"}""", HttpStatusCode.BadRequest)]
    public async Task Members_have_their_ranges(string members, HttpStatusCode status)
    {
        var body = JsonNode.Parse(members)!.AsObject();
        body["meetingNumber"] = _number;
        var answer = await _app.As(Bob).PostAsync("signature", body);
        Assert.Equal(status, answer.Status);
        if (status == HttpStatusCode.OK)
        {
            var claims = Claims(answer);
            Assert.Equal((int?)body["videoWebRtcMode"] ?? 1, (int)claims["video_webrtc_mode"]!);
            Assert.Equal(((int?)body["expirationSeconds"] ?? 7200) + 30, (long)claims["exp"]! - (long)claims["iat"]!);
        }
        else
        {
            Assert.Equal("invalid_request", answer.Code);
        }
    }

    [Fact]
    public async Task The_ceiling_is_a_setting_and_never_more_than_Zoom_takes()
    {
        await using var app = await StartAsync(("Signature:MaxExpirationSeconds", "172770"));
        var answer = await app.As(Bob).PostAsync("signature", new JsonObject { ["meetingNumber"] = _number, ["expirationSeconds"] = 172_770 });
        var claims = Claims(answer);
        Assert.Equal(48 * 3600, (long)claims["exp"]! - (long)claims["iat"]!);
        await Assert.ThrowsAsync<SettingsException>(() => StartAsync(("Signature:MaxExpirationSeconds", "172771")));

        await using var brief = await StartAsync(("Signature:MaxExpirationSeconds", "1800"));
        var shortest = Claims(await brief.As(Bob).PostAsync("signature", new JsonObject { ["meetingNumber"] = _number }));
        Assert.Equal(1830, (long)shortest["exp"]! - (long)shortest["iat"]!);
    }

    [Fact]
    public async Task A_meeting_number_may_be_written_as_people_write_it()
    {
        var text = $"{_number}";
        JsonNode[] forms = [_number, text, $"{text[..3]} {text[3..7]} {text[7..]}", $"{text[..3]}-{text[3..7]}-{text[7..]}"];
        foreach (var form in forms)
        {
            var answer = await _app.As(Bob).PostAsync("signature", new JsonObject { ["meetingNumber"] = form });
            Assert.Equal(text, (string?)answer.Json["meetingNumber"]);
        }
    }

    [Theory]
    [InlineData("99999999")]
    [InlineData("100000000000")]
    [InlineData("85012345678.0")]
    [InlineData("8.5e10")]
    [InlineData("-8501234567")]
    [InlineData("\"12345678\"")]
    [InlineData("\"012345678\"")]
    [InlineData("\"-850123456\"")]
    [InlineData("\"850123456-\"")]
    [InlineData("\" 850123456\"")]
    [InlineData("\"850_123_456\"")]
    [InlineData("\"８５０１２３４５６\"")]
    [InlineData("\"850123456\\u0000\"")]
    [InlineData("\"\"")]
    [InlineData("null")]
    [InlineData("true")]
    [InlineData("[850123456]")]
    [InlineData("{}")]
    public async Task What_is_no_meeting_number_is_refused(string number)
    {
        var answer = await _app.As(Bob).PostAsync("signature", JsonNode.Parse($$"""{"meetingNumber":{{number}}}"""));
        Assert.Equal(HttpStatusCode.BadRequest, answer.Status);
        Assert.Equal("A meeting number has 9 to 11 digits.", (string?)answer.Json["detail"]);
    }

    [Fact]
    public async Task Only_the_host_is_given_the_host_s_role()
    {
        (string Who, Account Account, TokenOverrides? Overrides, int Given, string Reason)[] matrix =
        [
            ("the host", Alice, null, 1, "host"),
            ("the alternative host", Carol, null, 1, "host"),
            ("a manager who does not host", Accounts.Dave.In(Organization).As("zoom-admins"), null, 0, "not_the_host"),
            ("an employee", Bob, null, 0, "not_the_host"),
            ("the host's address, not verified", Alice, AccountExtensions.Unverified, 0, "email_not_verified"),
            ("the host, whose organisation's domains nobody states", Alice, AccountExtensions.Homeless, 0, "email_domain_unknown"),
            ("the host, who may not host any more", Alice.As("employees"), null, 0, "hosting_not_allowed"),
        ];
        foreach (var (who, account, overrides, given, reason) in matrix)
        {
            foreach (var asked in (int[])[0, 1])
            {
                var answer = await _app.As(account, overrides).PostAsync(
                    "signature", new JsonObject { ["meetingNumber"] = _number, ["role"] = asked });
                Assert.True(answer.Status == HttpStatusCode.OK, $"{who}: {answer.Text}");
                var role = Math.Min(asked, given);
                Assert.Equal((who, role), (who, (int)answer.Json["role"]!));
                Assert.Equal((who, role), (who, (int)Claims(answer)["role"]!));
                Assert.Equal((who, asked == 0 ? "member" : reason), (who, (string?)answer.Json["reason"]));
                Assert.Equal((who, role == 1), (who, answer.Json.ContainsKey("zak")));
            }

            await SawAsync(account, asked: 1, given, reason);
        }

        var elsewhere = await _app.As(Accounts.Alice.In("org_signature_other")).PostAsync(
            "signature", new JsonObject { ["meetingNumber"] = _number, ["role"] = 1 });
        Assert.Equal("meeting_not_found", elsewhere.Code);
    }

    [Fact]
    public async Task Each_host_gets_their_own_key_and_a_new_one_each_time()
    {
        var keys = new List<string>();
        foreach (var host in (Account[])[Alice, Alice, Carol])
        {
            keys.Add((string)(await SignAsync(host, role: 1)).Json["zak"]!);
        }

        Assert.Equal(3, keys.Distinct().Count());
        Assert.Equal(2, _zoom.Zoom.Requests.Count($"/v2/users/{Alice.Email}/token"));
        Assert.Equal(1, _zoom.Zoom.Requests.Count($"/v2/users/{Carol.Email}/token"));
        await SignAsync(Alice, role: 0);
        Assert.Equal(2, _zoom.Zoom.Requests.Count($"/v2/users/{Alice.Email}/token"));
    }

    [Fact]
    public async Task The_passcode_is_another_call()
    {
        var passcode = (string)(await _app.As(Alice).GetAsync($"meetings/{_number}")).Json["password"]!;
        Assert.DoesNotContain(passcode, (await SignAsync(Alice, role: 1)).Text, StringComparison.Ordinal);
    }

    private async Task SawAsync(Account account, int asked, int given, string reason)
    {
        await Wait.ForAsync($"{account.Name} asking {asked} and given {given}, {reason}", async () =>
        {
            var page = await _app.As(Accounts.Audrey.In(Organization)).GetAsync($"audit?meeting={_number}&action=signature.issued&person={Uri.EscapeDataString(account.Subject)}");
            return page.Json["records"]!.AsArray().FirstOrDefault(record =>
                (int)record!["details"]!["requestedRole"]! == asked
                && (int)record["details"]!["role"]! == given
                && (string?)record["reason"] == reason
                && (string?)record["outcome"] == "success");
        });
    }

    private Task<Answer> SignAsync(Account account, int role = 0) =>
        _app.As(account).PostAsync("signature", new JsonObject { ["meetingNumber"] = _number, ["role"] = role });

    private Task<App> StartAsync(params (string Name, string Value)[] settings)
    {
        var all = _zoom.Settings;
        foreach (var (name, value) in settings)
        {
            all[name] = value;
        }

        return App.StartAsync(quiet.Cloud, all);
    }

    private static JsonObject Claims(Answer answer) =>
        JsonNode.Parse(Decode(((string)answer.Json["signature"]!).Split('.')[1]))!.AsObject();

    private static string Decode(string part) => Encoding.UTF8.GetString(Base64Url.DecodeFromChars(part));
}
