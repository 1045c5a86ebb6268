using System.Net;
using System.Text;
using System.Text.Json.Nodes;
using SecureZoom.Sandbox.Hosting;
using SecureZoom.Sandbox.Zoom;

namespace SecureZoom.Sandbox.Tests;

/// <summary>Zoom's calls, as its API answers them.</summary>
public sealed class ZoomStandInTests : ZoomStandInTest
{
    [Fact]
    public async Task A_token_lives_an_hour_and_names_its_scopes()
    {
        using var response = await _client.RequestTokenAsync();

        var token = await Browser.ReadAsync(response);
        Assert.Equal(("bearer", 3600), ((string?)token["token_type"], (int?)token["expires_in"]));
        Assert.Contains("meeting:write:meeting:admin", (string?)token["scope"], StringComparison.Ordinal);
        Assert.DoesNotContain("refresh_token", token.Select(member => member.Key));
    }

    [Theory]
    [InlineData("client:wrong", "account_credentials", "account", "invalid_client")]
    [InlineData("other:client secret", "account_credentials", "account", "invalid_client")]
    [InlineData("client:client secret", "client_credentials", "account", "unsupported_grant_type")]
    [InlineData("client:client secret", "account_credentials", "other", "invalid_request")]
    public async Task A_wrong_token_request_is_refused(string client, string grantType, string accountId, string error)
    {
        using var response = await _client.RequestTokenAsync(client, grantType, accountId);

        Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
        Assert.Equal(error, (string?)(await Browser.ReadAsync(response))["error"]);
    }

    [Fact]
    public async Task A_made_up_token_is_refused()
    {
        _client.UseToken("made up");

        await AssertErrorAsync(await _client.SendAsync(HttpMethod.Get, "v2/users/alice@acme.example"), 401, 124);
    }

    [Fact]
    public async Task A_token_that_has_expired_is_refused()
    {
        await using var zoom = await ZoomStandIn.StartAsync(ZoomClient.Options with { TokenLife = TimeSpan.Zero }, Cancellation);
        using var client = new ZoomClient(zoom);
        await client.SignInAsync();

        await AssertErrorAsync(await client.SendAsync(HttpMethod.Get, "v2/users/alice@acme.example"), 401, 124);
    }

    [Fact]
    public async Task A_missing_scope_is_named()
    {
        await using var zoom = await ZoomStandIn.StartAsync(
            ZoomClient.Options with { Scopes = ["meeting:read:meeting:admin"] }, Cancellation);
        using var client = new ZoomClient(zoom);
        await client.SignInAsync();

        var error = await AssertErrorAsync(
            await client.SendAsync(HttpMethod.Post, "v2/users/alice@acme.example/meetings", new JsonObject()), 400, 4711);

        Assert.Contains("meeting:write:meeting:admin", (string?)error["message"], StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_meeting_is_answered_with_all_that_is_secret_about_it()
    {
        var meeting = await _client.CreateMeetingAsync(new()
        {
            ["topic"] = "Größe 🎉",
            ["start_time"] = "2026-12-01T10:00:00",
            ["timezone"] = "Europe/Berlin",
            ["duration"] = 45,
            ["password"] = "a-B_9*@",
            ["settings"] = new JsonObject { ["waiting_room"] = true, ["alternative_hosts"] = "carol@acme.example" },
        });

        using var response = await _client.SendAsync(HttpMethod.Get, $"v2/meetings/{meeting["id"]}");
        var read = await Browser.ReadAsync(response);
        Assert.Equal("Größe 🎉", (string?)read["topic"]);
        Assert.Equal("2026-12-01T09:00:00Z", (string?)read["start_time"]);
        Assert.Equal("a-B_9*@", (string?)read["password"]);
        Assert.True((bool?)read["settings"]!["waiting_room"]);
        Assert.InRange((long)read["id"]!, 80_000_000_000, 99_999_999_999);
        Assert.All(
            ["uuid", "start_url", "join_url", "encrypted_password", "pstn_password", "h323_password", "host_id"],
            name => Assert.NotEmpty((string)read[name]!));
    }

    [Theory]
    [InlineData("""{"topic":7}""", "topic")]
    [InlineData("""{"password":"äöü"}""", "password")]
    [InlineData("""{"password":"12345678901"}""", "password")]
    [InlineData("""{"type":4}""", "type")]
    [InlineData("""{"type":8}""", "recurrence")]
    [InlineData("""{"type":8,"recurrence":{"type":4}}""", "recurrence.type")]
    [InlineData("""{"type":8,"recurrence":{"type":1,"end_times":51}}""", "recurrence.end_times")]
    [InlineData("""{"duration":0}""", "duration")]
    [InlineData("""{"duration":"long"}""", "duration")]
    [InlineData("""{"start_time":"tomorrow"}""", "start_time")]
    [InlineData("""{"timezone":"Mars/Olympus"}""", "timezone")]
    [InlineData("""{"settings":[]}""", "settings")]
    [InlineData("""{"settings":{"waiting_room":"yes"}}""", "settings.waiting_room")]
    [InlineData("""{"settings":{"auto_recording":"tape"}}""", "settings.auto_recording")]
    public async Task A_wrong_field_is_named(string body, string field)
    {
        var error = await AssertErrorAsync(
            await _client.SendRawAsync(HttpMethod.Post, "v2/users/alice@acme.example/meetings", body), 400, 300);

        Assert.Equal(field, (string?)Assert.Single(error["errors"]!.AsArray())!["field"]);
    }

    [Theory]
    [InlineData(201, 0, "topic")]
    [InlineData(0, 2001, "agenda")]
    public async Task Long_texts_are_refused(int topic, int agenda, string field)
    {
        var error = await AssertErrorAsync(
            await _client.SendAsync(HttpMethod.Post, "v2/users/alice@acme.example/meetings", new JsonObject
            {
                ["topic"] = new string('t', topic),
                ["agenda"] = new string('a', agenda),
            }),
            400,
            300);

        Assert.Equal(field, (string?)Assert.Single(error["errors"]!.AsArray())!["field"]);
    }

    [Theory]
    [InlineData("POST", "v2/users/alice@acme.example/meetings", "{", 400, 300)]
    [InlineData("POST", "v2/users/alice@acme.example/meetings", "[]", 400, 300)]
    [InlineData("POST", "v2/users/nobody@acme.example/meetings", "{}", 404, 1001)]
    [InlineData("POST", "v2/users/me/meetings", "{}", 404, 1001)]
    [InlineData("POST", "v2/users/alice@acme.example/meetings", """{"settings":{"alternative_hosts":"x@y.example"}}""", 400, 1114)]
    [InlineData("POST", "v2/users/alice@acme.example/meetings", """{"settings":{"alternative_hosts":"bob@acme.example"}}""", 400, 1114)]
    [InlineData("GET", "v2/meetings/81234567890", null, 404, 3001)]
    [InlineData("PATCH", "v2/meetings/81234567890", "{}", 404, 3001)]
    [InlineData("DELETE", "v2/meetings/81234567890", null, 404, 3001)]
    [InlineData("PUT", "v2/meetings/81234567890/status", """{"action":"end"}""", 404, 3001)]
    [InlineData("GET", "v2/meetings/81234567890/recordings", null, 404, 3001)]
    [InlineData("GET", "v2/users/nobody@acme.example/token?type=zak", null, 404, 1001)]
    public async Task What_is_wrong_has_Zooms_code(string method, string path, string? body, int status, int code) =>
        await AssertErrorAsync(await _client.SendRawAsync(new HttpMethod(method), path, body), status, code);

    [Fact]
    public async Task An_update_changes_what_it_names_only()
    {
        var meeting = await _client.CreateMeetingAsync(new() { ["topic"] = "Old", ["agenda"] = "Stays" });

        using var updated = await _client.SendAsync(
            HttpMethod.Patch,
            $"v2/meetings/{meeting["id"]}",
            new JsonObject { ["topic"] = "New", ["settings"] = new JsonObject { ["jbh_time"] = 5 } });

        using var response = await _client.SendAsync(HttpMethod.Get, $"v2/meetings/{meeting["id"]}");
        var read = await Browser.ReadAsync(response);
        Assert.Equal(HttpStatusCode.NoContent, updated.StatusCode);
        Assert.Equal(("New", "Stays"), ((string?)read["topic"], (string?)read["agenda"]));
        Assert.Equal(5, (int?)read["settings"]!["jbh_time"]);
        Assert.Equal("both", (string?)read["settings"]!["audio"]);
    }

    [Fact]
    public async Task Lists_come_in_pages_without_instant_and_deleted_meetings()
    {
        var first = await _client.CreateMeetingAsync();
        await _client.CreateMeetingAsync(new() { ["type"] = 1 });
        var deleted = await _client.CreateMeetingAsync();
        var last = await _client.CreateMeetingAsync();
        await _client.CreateMeetingAsync(host: "dave@globex.example");
        using (await _client.SendAsync(HttpMethod.Delete, $"v2/meetings/{deleted["id"]}"))
        {
        }

        var seen = new List<long>();
        var next = "";
        do
        {
            using var response = await _client.SendAsync(
                HttpMethod.Get, $"v2/users/alice@acme.example/meetings?page_size=1&next_page_token={next}");
            var page = await Browser.ReadAsync(response);
            Assert.Equal(2, (int?)page["total_records"]);
            seen.Add((long)Assert.Single(page["meetings"]!.AsArray())!["id"]!);
            next = (string)page["next_page_token"]!;
        }
        while (next.Length > 0);

        Assert.Equal([(long)first["id"]!, (long)last["id"]!], seen.Order().ToArray().OrderBy(id => id == (long)last["id"]!));
    }

    [Fact]
    public async Task A_recording_is_there_once_it_was_made_also_by_the_meetings_awkward_uuid()
    {
        await _client.CreateMeetingAsync();
        var meeting = await _client.CreateMeetingAsync();
        await AssertErrorAsync(await _client.SendAsync(HttpMethod.Get, $"v2/meetings/{meeting["id"]}/recordings"), 404, 3301);

        using var made = await _client.LetHappenAsync(meeting, "record");
        var uuid = Uri.EscapeDataString(Uri.EscapeDataString((string)meeting["uuid"]!));
        using var response = await _client.SendAsync(HttpMethod.Get, $"v2/meetings/{uuid}/recordings");

        Assert.StartsWith("/", (string?)meeting["uuid"], StringComparison.Ordinal);
        var file = Assert.Single((await Browser.ReadAsync(response))["recording_files"]!.AsArray());
        Assert.NotEmpty((string)file!["download_url"]!);
    }

    [Fact]
    public async Task A_meeting_under_way_is_ended_before_it_can_be_deleted()
    {
        var meeting = await _client.CreateMeetingAsync();
        using var started = await _client.LetHappenAsync(meeting, "start");
        await AssertErrorAsync(await _client.SendAsync(HttpMethod.Delete, $"v2/meetings/{meeting["id"]}"), 400, 3002);

        using var ended = await _client.SendAsync(
            HttpMethod.Put, $"v2/meetings/{meeting["id"]}/status", new JsonObject { ["action"] = "end" });
        using var deleted = await _client.SendAsync(HttpMethod.Delete, $"v2/meetings/{meeting["id"]}");

        Assert.Equal(HttpStatusCode.NoContent, ended.StatusCode);
        Assert.Equal(HttpStatusCode.NoContent, deleted.StatusCode);
    }

    [Fact]
    public async Task Users_are_found_by_id_too_and_get_a_fresh_zak_each_time()
    {
        using var byEmail = await _client.SendAsync(HttpMethod.Get, "v2/users/alice@acme.example");
        var user = await Browser.ReadAsync(byEmail);
        var zaks = new HashSet<string>();
        for (var i = 0; i < 2; i++)
        {
            using var response = await _client.SendAsync(HttpMethod.Get, $"v2/users/{user["id"]}/token?type=zak");
            zaks.Add((string)(await Browser.ReadAsync(response))["token"]!);
        }

        Assert.Equal("alice@acme.example", (string?)user["email"]);
        Assert.Equal(2, zaks.Count);
    }

    private static async Task<JsonObject> AssertErrorAsync(HttpResponseMessage response, int status, int code)
    {
        using (response)
        {
            var error = await Browser.ReadAsync(response);
            Assert.Equal((status, code), ((int)response.StatusCode, (int?)error["code"]));
            return error;
        }
    }
}
