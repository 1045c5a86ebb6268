using System.Net;
using System.Net.Http.Headers;
using System.Text;
using SecureZoom.Functions.Tests.Support;
using SecureZoom.Sandbox.Identity;

namespace SecureZoom.Functions.Tests.Http;

/// <summary>Bodies that are refused before anything is asked of anybody.</summary>
public sealed class StrictInputTests(QuietCloud quiet) : IAsyncLifetime
{
    private static readonly Account Carol = Accounts.Carol.In("org_strict");

    private OwnZoom _zoom = null!;
    private App _app = null!;

    public async ValueTask InitializeAsync()
    {
        _zoom = await OwnZoom.StartAsync(quiet.Cloud);
        _app = await App.StartAsync(quiet.Cloud, _zoom.Settings);
    }

    public async ValueTask DisposeAsync()
    {
        Assert.Empty(_zoom.Zoom.Requests.All);
        await _app.DisposeAsync();
        await _zoom.DisposeAsync();
    }

    [Theory]
    [InlineData("", "not JSON")]
    [InlineData("{", "not JSON")]
    [InlineData("[]", "must be a JSON object")]
    [InlineData("null", "must be a JSON object")]
    [InlineData("\"topic\"", "must be a JSON object")]
    [InlineData("{}", "required member is missing")]
    [InlineData("""{"topic":"T","topic":"U"}""", "a member twice")]
    [InlineData("""{"topic":"T","settings":{"watermark":true,"watermark":false}}""", "a member twice")]
    [InlineData("""{"topic":"T","a":1,"b":{},"settings":{"c":1,"use_pmi":true}}""", "Unknown members: a, b, settings.c, settings.use_pmi.")]
    [InlineData("""{"topic":"T","Topic":"T"}""", "Unknown members: Topic.")]
    [InlineData("""{"topic":"T","password":"mine"}""", "Unknown members: password.")]
    [InlineData("""{"topic":"T","a":{"a":{"a":{"a":{"a":{"a":{"a":{"a":{"a":{"a":{"a":{"a":{"a":{"a":{"a":{"a":{}}}}}}}}}}}}}}}}}""", "nested more than 16 deep")]
    [InlineData("""{"topic":1}""", "topic has the wrong type")]
    [InlineData("""{"topic":null}""", "topic has 1 to 200")]
    [InlineData("""{"topic":" "}""", "topic has 1 to 200")]
    [InlineData("""{"topic":"a\nb"}""", "no control characters")]
    [InlineData("""{"topic":"T","type":4}""", "type is 1 (instant), 2")]
    [InlineData("""{"topic":"T","type":8}""", "recurrence")]
    [InlineData("""{"topic":"T","type":1,"start_time":"2026-12-01T14:30:00Z"}""", "start_time is for scheduled")]
    [InlineData("""{"topic":"T","start_time":"2026-12-01"}""", "start_time is like")]
    [InlineData("""{"topic":"T","start_time":"2026-12-01T14:30:00+01:00"}""", "start_time is like")]
    [InlineData("""{"topic":"T","start_time":"2026-02-30T14:30:00Z"}""", "start_time is like")]
    [InlineData("""{"topic":"T","start_time":"0001-01-01T00:00:00Z"}""", "start_time is like")]
    [InlineData("""{"topic":"T","duration":0}""", "duration is 1 to 1440")]
    [InlineData("""{"topic":"T","duration":1441}""", "duration is 1 to 1440")]
    [InlineData("""{"topic":"T","duration":30.5}""", "duration has the wrong type")]
    [InlineData("""{"topic":"T","duration":"30"}""", "duration has the wrong type")]
    [InlineData("""{"topic":"T","timezone":"Mars/Olympus"}""", "timezone is an IANA")]
    [InlineData("""{"topic":"T","timezone":"europe/berlin"}""", "timezone is an IANA")]
    [InlineData("""{"topic":"T","settings":{"auto_recording":"everywhere"}}""", "settings.auto_recording is")]
    [InlineData("""{"topic":"T","settings":{"jbh_time":7}}""", "settings.jbh_time is")]
    [InlineData("""{"topic":"T","settings":{"waiting_room":"yes"}}""", "settings.waiting_room has the wrong type")]
    [InlineData("""{"topic":"T","settings":[]}""", "settings has the wrong type")]
    [InlineData("""{"topic":"T","settings":{"alternative_hosts":"dave@globex.example"}}""", "settings.alternative_hosts has")]
    [InlineData("""{"topic":"T","settings":{"alternative_hosts":"dave@globex.example@org-strict.test"}}""", "settings.alternative_hosts has")]
    [InlineData("""{"topic":"T","host":"not an address"}""", "host is an e-mail address")]
    [InlineData("""{"\ud800":1}""", "not JSON")]
    [InlineData("""{"topic":"T","\udc00topic":1}""", "not JSON")]
    [InlineData("""{"topic":"T","settings":{"\ud800":1}}""", "not JSON")]
    [InlineData("""{"topic":"\ud800"}""", "topic has the wrong type or value")]
    [InlineData("""{"topic":"T","settings":{"auto_recording":"\ud800"}}""", "settings.auto_recording has the wrong type or value")]
    public async Task A_create_s_body_is_checked_member_by_member(string body, string detail)
    {
        var answer = await PostAsync(Text(body));
        Assert.Equal("invalid_request", answer.Code);
        Assert.Contains(detail, (string)answer.Json["detail"]!, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_is_too_long_is_refused()
    {
        Assert.Equal("invalid_request", (await PostAsync(Text($$"""{"topic":"{{new string('x', 201)}}"}"""))).Code);
        Assert.Equal("invalid_request", (await PostAsync(Text($$"""{"topic":"T","agenda":"{{new string('x', 2001)}}"}"""))).Code);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("text/plain")]
    [InlineData("application/x-www-form-urlencoded")]
    [InlineData("application/json; charset=iso-8859-1")]
    [InlineData("application/jsonp")]
    public async Task Another_content_type_is_a_415(string? type)
    {
        var answer = await PostAsync(Text("""{"topic":"T"}""", type));
        Assert.Equal((HttpStatusCode.UnsupportedMediaType, "unsupported_media_type"), (answer.Status, answer.Code));
    }

    [Theory]
    [InlineData("application/json")]
    [InlineData("application/json; charset=utf-8")]
    [InlineData("APPLICATION/JSON; charset=\"UTF-8\"")]
    public async Task JSON_in_UTF_8_has_several_names(string type) =>
        Assert.Contains("required member", (await PostAsync(Text("{}", type))).Text, StringComparison.Ordinal);

    [Fact]
    public async Task A_mark_of_UTF_8_in_front_is_no_part_of_it() =>
        Assert.Contains("required member", (await PostAsync(Text("\ufeff{}"))).Text, StringComparison.Ordinal);

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task More_than_64_KiB_is_a_413_whether_announced_or_not(bool chunked)
    {
        var fits = await PostAsync(Text("{}" + new string(' ', (64 * 1024) - 2)), chunked);
        Assert.Equal("invalid_request", fits.Code);
        var large = await PostAsync(Text("{}" + new string(' ', (64 * 1024) - 1)), chunked);
        Assert.Equal((HttpStatusCode.RequestEntityTooLarge, "body_too_large"), (large.Status, large.Code));
    }

    [Fact]
    public async Task Every_answer_is_kept_from_caches_and_from_sniffing()
    {
        foreach (var path in (string[])["me", "meetings", "meetings/85012345678", "health", "docs", "openapi.json"])
        {
            var answer = await _app.As(Carol).GetAsync(path);
            Assert.True(answer.Headers.CacheControl!.NoStore);
            Assert.Equal("nosniff", Assert.Single(answer.Headers.GetValues("X-Content-Type-Options")));
        }
    }

    private static ByteArrayContent Text(string body, string? type = "application/json")
    {
        var content = new ByteArrayContent(Encoding.UTF8.GetBytes(body));
        content.Headers.ContentType = type is null ? null : MediaTypeHeaderValue.Parse(type);
        return content;
    }

    private async Task<Answer> PostAsync(HttpContent content, bool chunked = false)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "meetings") { Content = content };
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", _app.As(Carol).Token);
        request.Headers.TransferEncodingChunked = chunked;
        return await Answer.OfAsync(await _app.Http.SendAsync(request, TestContext.Current.CancellationToken));
    }
}
