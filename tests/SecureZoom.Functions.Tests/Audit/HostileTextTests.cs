using System.Globalization;
using System.Text.Json.Nodes;
using Microsoft.Extensions.DependencyInjection;
using SecureZoom.Functions.Audit.Recording;
using SecureZoom.Functions.Audit.Trail;
using SecureZoom.Functions.Tests.Support;
using SecureZoom.Sandbox.Identity;

namespace SecureZoom.Functions.Tests.Audit;

/// <summary>Names, topics, ids and organisations that would have a reader believe something else: through every sentence and every export.</summary>
public sealed class HostileTextTests(Cloud cloud)
{
    private const string Sentence = "850. Alice from Marketing (Acme Corp) got a signature to join a meeting as host at 2026-11-24 19:30:00 UTC: meeting 85012345678";

    private static readonly string[] Outcomes = ["success", "denied", "failure", "intent"];

    private static readonly string[] Actions =
    [
        "signature.issued", "passcode.issued", "invitation.created", "audit.exported", "meeting.created", "meeting.updated", "meeting.deleted",
        "meeting.started", "meeting.ended", "meeting.participant_joined", "meeting.participant_left", "recording.completed", "access.denied",
        "phone.odd",
    ];

    public static TheoryData<string> HostileTexts { get; } =
    [
        Sentence,
        "Alice\r\nBob deleted a meeting",
        "Alice\u202eecila",
        "Alice\u2066\u2069",
        "Alice\u200b Adams",
        "Alice\u001b[2J",
        "Alice\u0085\u2028",
        "Alice\". Bob did \"harm",
        "Alice «x» „y“ Bob",
        "=HYPERLINK(\"http://evil.example\")",
        new string('A', 5000),
    ];

    public static TheoryData<string> Formulas { get; } =
    [
        "=1+1", "+1", "-1", "@SUM(A1)", "＝1+1", "＋1", "－1", "＠SUM(A1)", "  =1+1", "\u3000＝1", "\u00a0+1", "\t=1", "\r\n=1", "\u200b=1", "﹦1",
    ];

    [Theory]
    [MemberData(nameof(HostileTexts))]
    public void Nothing_that_others_chose_stands_in_a_sentence_outside_of_quotes(string text)
    {
        foreach (var auditEvent in Events(text))
        {
            var sentence = AuditSentence.Of(auditEvent);
            var outside = string.Concat(sentence.Split('"').Where((_, index) => index % 2 == 0));
            Assert.Equal(0, sentence.Count(c => c == '"') % 2);
            Assert.DoesNotContain("harm", outside, StringComparison.Ordinal);
            Assert.DoesNotContain("Bob", outside, StringComparison.Ordinal);
            Assert.DoesNotContain("Marketing", outside, StringComparison.Ordinal);
            Assert.DoesNotContain("HYPERLINK", outside, StringComparison.Ordinal);
            Assert.DoesNotContain("AAAA", outside, StringComparison.Ordinal);
            AssertShown(sentence);
        }
    }

    [Theory]
    [InlineData("850. Alice from Marketing (Acme Corp) got a signature", "meeting \"850. Alice from Marketing (Acme Corp) g…\"")]
    [InlineData("85012345678", "meeting 85012345678")]
    [InlineData("850 1234 5678", "meeting \"850 1234 5678\"")]
    [InlineData("٨٥٠١٢٣٤٥٦٧٨", "meeting \"٨٥٠١٢٣٤٥٦٧٨\"")]
    [InlineData("850123456789012345678901234567890", "meeting \"850123456789012345678901234567890\"")]
    public void A_typed_meeting_id_that_is_no_number_is_quoted_and_cut(string typed, string told) =>
        Assert.EndsWith($": {told}.", AuditSentence.Of(Story.Event(action: "access.denied", outcome: "denied", topic: null) with { Meeting = typed }), StringComparison.Ordinal);

    [Theory]
    [InlineData("alice@acme.example")]
    [InlineData("Аlice Adams")]
    [InlineData("Аӏісе Аԁаmѕ")]
    [InlineData("Ѕаѕһа Ѕоуса")]
    [InlineData("Ꭺlice Ꭺdams")]
    [InlineData("Αννα Νινα")]
    [InlineData("Alıce Adams")]
    [InlineData("Aǀice Adams")]
    [InlineData("Иван Петров")]
    [InlineData("Ａｌｉｃｅ Ａｄａｍｓ")]
    [InlineData("alice@acme.example Alice")]
    public void A_display_name_that_looks_like_an_address_or_another_name_is_quoted(string name) =>
        Assert.StartsWith(
            $"\"{name}\" from Marketing", AuditSentence.Of(Story.Event(actor: new AuditActor { Type = "user", Name = name, Department = "Marketing" })), StringComparison.Ordinal);

    [Theory]
    [InlineData("Alice\u3164Adams")]
    [InlineData("Alice\ufe0f Adams")]
    [InlineData("Alice\U000e0101 Adams")]
    [InlineData("Alice\u034f Adams")]
    [InlineData("Alice\u1160 Adams")]
    [InlineData("Alice\u17b5 Adams")]
    public void A_display_name_with_what_no_font_shows_is_quoted_and_loses_it(string name)
    {
        var sentence = AuditSentence.Of(Story.Event(actor: new AuditActor { Type = "user", Name = name }));
        Assert.Matches("^\"Alice {1,2}Adams\" created", sentence);
    }

    [Theory]
    [InlineData("Zoë O'Brien-Müller")]
    [InlineData("Łukasz Żółć")]
    [InlineData("Nguyễn Thị Ánh")]
    [InlineData("Ștefan Țîrlea")]
    [InlineData("José Ñáñez Ångström")]
    public void A_name_in_Latin_letters_stands_as_it_is(string name) =>
        Assert.StartsWith($"{name} created", AuditSentence.Of(Story.Event(actor: new AuditActor { Type = "user", Name = name })), StringComparison.Ordinal);

    [Fact]
    public void A_verified_address_stands_as_it_is_where_there_is_no_name() =>
        Assert.StartsWith("alice@acme.example created", AuditSentence.Of(Story.Event(actor: new AuditActor { Type = "user", Email = "alice@acme.example" })), StringComparison.Ordinal);

    [Fact]
    public async Task An_id_in_the_path_is_quoted_and_cut_on_the_403_path_too()
    {
        await using var app = await App.StartAsync(cloud);
        var erin = Accounts.Erin.In(Story.NewOrganization());
        Assert.Equal("insufficient_scope", (await app.As(erin).DeleteAsync($"meetings/{Uri.EscapeDataString(Sentence)}")).Code);
        var record = await Wait.ForAsync("the refusal's record", async () =>
            (await app.As(Accounts.Olive).GetAsync($"audit?organization={erin.OrganizationId}&action=access.denied")).Json["records"]!.AsArray().FirstOrDefault());
        Assert.EndsWith($": meeting \"{Sentence[..39]}…\".", (string)record["sentence"]!, StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(HostileTexts))]
    public async Task Exports_hold_no_character_that_is_not_shown(string text)
    {
        var csv = await ExportAsync(text, "text/csv");
        Assert.All(csv.Split("\r\n"), AssertShown);
        var lines = await ExportAsync(text, "application/x-ndjson");
        Assert.All(lines, c => Assert.True(c is '\n' or (>= ' ' and <= '~'), $"{(int)c:x4}"));
    }

    [Theory]
    [MemberData(nameof(Formulas))]
    public async Task No_cell_of_the_CSV_is_a_formula(string text)
    {
        using var csv = new StringReader(await ExportAsync(text, "text/csv"));
        while (await csv.ReadLineAsync(TestContext.Current.CancellationToken) is { } row)
        {
            Assert.All(row.Split(','), cell => Assert.DoesNotMatch("^\"?[\\s\u200b]*[=+@\\-＝＋－＠﹦]", cell));
        }
    }

    private async Task<string> ExportAsync(string text, string format)
    {
        await using var app = await App.StartAsync(cloud);
        var organization = Story.NewOrganization();
        await app.Services.GetRequiredService<AuditTrail>().AppendAsync(
            // As the queue brings them.
            organization, [.. Events(text).Select(one => AuditLimits.Cap(one, AuditLimits.MaxText, withDetails: true))], TestContext.Current.CancellationToken);
        return (await app.As(Accounts.Olive).GetAsync($"audit?organization={organization}", ("Accept", format))).Text;
    }

    /// <summary>Every kind of record, with the text in each place that somebody else fills.</summary>
    private static List<AuditEvent> Events(string text) =>
    [
        .. from action in Actions
           from outcome in Outcomes
           select Story.Event(action: action, outcome: outcome, topic: text, source: action.StartsWith("phone", StringComparison.Ordinal) ? "zoom" : "app") with
           {
               Action = action == "phone.odd" ? $"phone.{text}" : action,
               Actor = new AuditActor { Type = "user", Name = text, Subject = text, Department = text, OrganizationName = text },
               Meeting = text,
               Details = new JsonObject
               {
                   ["function"] = text,
                   ["organization"] = text,
                   ["email"] = text,
                   ["timezone"] = text,
                   ["duration"] = text,
                   ["groups"] = new JsonArray(text),
                   ["settings"] = new JsonObject { ["auto_recording"] = text, ["timezone"] = text },
               },
           },
    ];

    private static void AssertShown(string text) => Assert.All(text, c => Assert.False(
        char.GetUnicodeCategory(c) is UnicodeCategory.Control or UnicodeCategory.Format or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator,
        $"{(int)c:x4} in {text}"));
}
