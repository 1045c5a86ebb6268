using System.Reflection;
using System.Text.Json.Nodes;
using SecureZoom.Functions.Audit.Recording;
using SecureZoom.Functions.Audit.Summaries;
using SecureZoom.Functions.Audit.Trail;
using SecureZoom.Functions.Webhooks.Auth0;
using SecureZoom.Functions.Webhooks.Okta;

namespace SecureZoom.Functions.Tests.IdentityEvents;

/// <summary>The trail's words for what identity providers tell: each is used once, has a sentence, and is in docs/events.md.</summary>
public sealed class IdentityVocabularyTests
{
    private static readonly string Document =
        File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "events.md")).Split("## Identity providers")[1];

    private static IEnumerable<string> Actions => ConstantsOf(typeof(IdentityActions));

    private static IEnumerable<string> Codes => ConstantsOf(typeof(AttentionCodes));

    [Fact]
    public void Each_action_is_one_and_in_the_form_of_all()
    {
        Assert.Equal(Actions.Count(), Actions.Distinct(StringComparer.Ordinal).Count());
        Assert.All(Actions, action => Assert.Matches(@"\A[a-z0-9]+(\.[a-z_]+)?\z", action));
    }

    [Fact]
    public void Each_action_has_a_sentence_for_whatever_its_outcome() => Assert.All(
        from action in Actions
        from outcome in (string[])[AuditOutcomes.Success, AuditOutcomes.Failure]
        select AuditSentence.Of(Event(action, outcome)),
        sentence => Assert.Matches(@"\ABob Brown [a-z].+ from 203\.0\.113\.7.*, as Okta tells at 2026-11-26 12:00:00 UTC\.\z", sentence));

    [Fact]
    public void Each_mapped_event_has_its_row_in_the_document()
    {
        Assert.All(OktaRules.All, rule => Assert.Contains($"| `{rule.Key}` | `{rule.Value.Action}`", Document, StringComparison.Ordinal));
        Assert.All(Auth0Rules.All, rule => Assert.Contains(
            $"| `{rule.Key}` | `{rule.Value.Action}` | {(rule.Value.Failed ? "failure" : "success")} |", Document, StringComparison.Ordinal));
    }

    [Fact]
    public void The_document_has_no_row_for_an_event_that_is_not_mapped() => Assert.All(
        Document.Split('\n').Where(line => line.StartsWith("| `", StringComparison.Ordinal)).Select(line => line.Split('`')[1]).Where(name => name != Auth0Rules.Management).Except(Codes),
        name => Assert.True(OktaRules.All.ContainsKey(name) || Auth0Rules.All.ContainsKey(name), name));

    [Fact]
    public void Each_code_of_what_somebody_should_look_at_has_its_row() =>
        Assert.All(Codes, code => Assert.Contains($"\n| `{code}` | ", Document, StringComparison.Ordinal));

    private static IEnumerable<string> ConstantsOf(Type type) =>
        type.GetFields(BindingFlags.Public | BindingFlags.Static).Select(constant => (string)constant.GetRawConstantValue()!);

    private static AuditEvent Event(string action, string outcome) => new()
    {
        Id = Guid.NewGuid().ToString("N"),
        OccurredAt = new DateTimeOffset(2026, 11, 26, 12, 0, 0, TimeSpan.Zero),
        ReceivedAt = new DateTimeOffset(2026, 11, 26, 12, 0, 1, TimeSpan.Zero),
        Actor = new AuditActor { Type = "user", Name = "Bob Brown" },
        Action = action,
        Outcome = outcome,
        Source = AuditSources.Okta,
        Client = new("203.0.113.7", null, null),
        Details = new JsonObject { ["type"] = "some.type" },
    };
}
