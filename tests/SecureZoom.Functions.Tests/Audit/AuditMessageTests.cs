using System.Text;
using System.Text.Json.Nodes;
using SecureZoom.Functions.Audit.Recording;
using SecureZoom.Functions.Audit.Trail;
using SecureZoom.Functions.Authorization;
using SecureZoom.Functions.Secrets;

namespace SecureZoom.Functions.Tests.Audit;

/// <summary>Events as they travel the queue: sealed, and never too large for it.</summary>
public sealed class AuditMessageTests
{
    private static readonly SecretVersion Key = new("the key");

    [Fact]
    public void What_was_sealed_opens_and_with_an_earlier_key_too()
    {
        var auditEvent = Story.Event(details: new JsonObject { ["role"] = 1 });
        var opened = Open(AuditMessage.Seal(Story.Entry(auditEvent), Key), new SecretVersion("newer"), Key);
        Assert.Equal(auditEvent.Id, opened!.Id);
        Assert.Equal(1, (int)opened.Details!["role"]!);
    }

    [Fact]
    public void No_change_of_a_single_character_opens()
    {
        var sealedMessage = AuditMessage.Seal(Story.Entry(Story.Event()), Key);
        for (var index = 0; index < sealedMessage.Length; index++)
        {
            var changed = sealedMessage[index] == 'x' ? 'y' : 'x';
            Assert.Null(Open($"{sealedMessage[..index]}{changed}{sealedMessage[(index + 1)..]}", Key));
        }
    }

    [Theory]
    [InlineData('x')]
    [InlineData('ü')]
    [InlineData('\u0001')]
    [InlineData('"')]
    public void However_large_its_fields_are_an_event_fits_and_keeps_its_id(char filler)
    {
        var large = new string(filler, 5000);
        var details = new JsonObject();
        for (var index = 0; index < 100; index++)
        {
            details[$"member{index}"] = large;
        }

        var actor = new AuditActor
        {
            Type = "user",
            Issuer = large,
            Subject = large,
            Name = large,
            Email = large,
            Department = large,
            OrganizationName = large,
        };
        var auditEvent = Story.Event(actor: actor, topic: large, details: details) with { Client = new RequestClient(large, large, large), Meeting = large };

        var message = AuditMessage.Seal(Story.Entry(auditEvent), Key);
        Assert.InRange(message.Length, 1, AuditMessage.MaxLength);
        Assert.Equal(auditEvent.Id, Open(message, Key)!.Id);
    }

    [Fact]
    public void Of_details_that_are_too_large_the_long_texts_are_cut_first()
    {
        var (agenda, uuid) = (new string('議', 2048), new string('u', 300));
        var kept = Sealed(new JsonObject
        {
            ["changed"] = new JsonArray("agenda", "password"),
            ["passcode_changed"] = true,
            ["object"] = new JsonObject { ["uuid"] = uuid, ["topic"] = "Planning", ["agenda"] = agenda, ["settings"] = new JsonObject { ["waiting_room"] = true } },
            ["old_object"] = new JsonObject { ["agenda"] = agenda, ["agenda_total"] = 9000 },
        });

        Assert.Equal("""["agenda","password"]""", kept["changed"]!.ToJsonString());
        Assert.True((bool)kept["passcode_changed"]!);
        Assert.Equal((uuid, "Planning", true), ((string?)kept["object"]!["uuid"], (string?)kept["object"]!["topic"], (bool)kept["object"]!["settings"]!["waiting_room"]!));
        Assert.Equal((256, '…', 2048), (((string)kept["object"]!["agenda"]!).Length, ((string)kept["object"]!["agenda"]!)[^1], (int)kept["object"]!["agenda_total"]!));
        Assert.Equal(9000, (int)kept["old_object"]!["agenda_total"]!);
        Assert.Null(kept["omitted"]);
    }

    [Fact]
    public void Of_details_that_are_too_large_cut_too_what_consequences_go_by_is_kept_whole()
    {
        var access = new JsonObject { ["kind"] = "User", ["ends"] = true, ["issuer"] = "https://issuer.test/", ["reach"] = "everywhere", ["user"] = new JsonObject { ["id"] = "auth0|1" } };
        var about = Many();
        (about["id"], about["uuid"], about["occurrences"]) = (85012345678, "u/1==", new JsonArray(new JsonObject { ["occurrence_id"] = "1795600800000", ["status"] = "s" }));
        var kept = Sealed(new JsonObject
        {
            ["passcode_changed"] = true,
            ["changed"] = new JsonArray("password"),
            ["operation"] = "single",
            ["object"] = about,
            ["old_object"] = Many(),
            ["access"] = new JsonArray(access.DeepClone()),
        });

        Assert.Equal(("too_large", true, "single"), ((string?)kept["omitted"], (bool)kept["passcode_changed"]!, (string?)kept["operation"]));
        Assert.Equal("""["password"]""", kept["changed"]!.ToJsonString());
        Assert.Equal("""{"id":85012345678,"uuid":"u/1==","occurrences":[{"occurrence_id":"1795600800000"}]}""", kept["object"]!.ToJsonString());
        Assert.Equal(access.ToJsonString(), Assert.Single(kept["access"]!.AsArray())!.ToJsonString());
        Assert.False(kept.ContainsKey("old_object"));
    }

    [Fact]
    public void Whether_a_passcode_was_changed_is_kept_however_much_else_there_is()
    {
        var kept = Sealed(new JsonObject { ["passcode_changed"] = true, ["changed"] = new JsonArray([.. Enumerable.Range(0, 30_000).Select(one => JsonValue.Create($"{one}"))]) });
        Assert.Equal("""{"omitted":"too_large","passcode_changed":true}""", kept.ToJsonString());
    }

    /// <summary>Details that a message takes as they are and a record does not: more people than a row has parts for.</summary>
    [Fact]
    public void A_record_that_does_not_fit_keeps_what_consequences_go_by()
    {
        var people = Enumerable.Range(0, 5000).Select(one => new JsonObject { ["email"] = $"{one}@acme.example" });
        var crowded = Story.Event(details: new JsonObject { ["passcode_changed"] = true, ["members"] = new JsonArray([.. people]) });
        var record = RecordFormat.TryRead(RecordFormat.Write(crowded, "log", "org_acme", 0, DateTimeOffset.UtcNow, isNamesake: false))!;
        Assert.Equal("""{"omitted":"too_large","passcode_changed":true}""", record.Details!.ToJsonString());
    }

    /// <summary>More than fits, each text shorter than those that are cut.</summary>
    private static JsonObject Many() => new(Enumerable.Range(0, 300).Select(number => KeyValuePair.Create($"member{number}", (JsonNode?)new string('m', 200))));

    private static JsonObject Sealed(JsonObject details) => Open(AuditMessage.Seal(Story.Entry(Story.Event(details: details)), Key), Key)!.Details!;

    private static AuditEvent? Open(string message, params SecretVersion[] keys) =>
        AuditMessage.Open(Encoding.UTF8.GetBytes(message), keys).Entries is [{ Entry.Event: { } auditEvent }] ? auditEvent : null;
}
