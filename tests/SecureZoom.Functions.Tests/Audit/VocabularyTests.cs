using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using SecureZoom.Functions.Audit.Recording;
using SecureZoom.Functions.Authorization;
using SecureZoom.Functions.Docs;
using SecureZoom.Functions.Edge;
using SecureZoom.Functions.Identity;
using SecureZoom.Functions.Meetings;
using SecureZoom.Functions.Tests.Support;
using SecureZoom.Functions.Webhooks.Auth0;
using SecureZoom.Functions.Webhooks.Okta;
using SecureZoom.Functions.Zoom;

namespace SecureZoom.Functions.Tests.Audit;

/// <summary>One vocabulary: what may be recorded is on lists, and the document of the format and OpenAPI have the same ones.</summary>
/// <remarks>What an app records under the tests is held against them when it is done (<see cref="TrailWords"/>).</remarks>
public sealed partial class VocabularyTests
{
    private static readonly JsonNode Schemas = JsonNode.Parse(new OpenApi().Json.Span)!["components"]!["schemas"]!;

    private static readonly string Page = File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "trail-format.md"))
        .Split("## The words")[1].Split("\n## ")[0];

    public static TheoryData<string, string, string> Lists { get; } = new()
    {
        { "action", "AuditAction", string.Join(' ', TrailWords.Actions) },
        { "reason", "AuditReason", string.Join(' ', TrailWords.Reasons) },
        { "outcome", "AuditOutcome", string.Join(' ', TrailWords.Outcomes) },
        { "source", "AuditSource", string.Join(' ', TrailWords.Sources) },
        { "type", "AuditActorType", string.Join(' ', TrailWords.ActorTypes) },
    };

    [Theory]
    [MemberData(nameof(Lists))]
    public void The_document_of_the_format_and_OpenApi_list_the_words_that_the_code_has(string member, string schema, string words)
    {
        var rows = Page.Split('\n').Where(line => line.StartsWith($"| `{member}` |", StringComparison.Ordinal)).Select(line => line.Split('|')[3]);
        Assert.Equal(words.Split(' '), rows.SelectMany(row => Word().Matches(row)).Select(word => word.Groups[1].Value));
        Assert.Equal(words.Split(' '), Schemas[schema]!["enum"]!.AsArray().Select(word => (string)word!));
    }

    [Fact]
    public void Each_word_is_there_once_and_in_the_form_of_all()
    {
        foreach (var list in (IReadOnlyList<string>[])[TrailWords.Actions, TrailWords.Reasons, TrailWords.Outcomes, TrailWords.Sources, TrailWords.ActorTypes])
        {
            Assert.Equal(list.Count, list.Distinct(StringComparer.Ordinal).Count());
            Assert.All(list, word => Assert.Matches(@"\A[a-z0-9_]+(\.[a-z_]+)?\z", word));
        }
    }

    [Fact]
    public void Whatever_a_known_caller_is_refused_for_is_a_reason() => Assert.All(
        [
            .. Enum.GetValues<AccessError>().Select(error => (Exception)new AccessException(error)),
            new MeetingNotFoundException("85012345678"),
            new IdentityException(IdentityError.Revoked, "ended"),
        ],
        refusal => Assert.Contains(Problems.Of(refusal)!.Code, TrailWords.Reasons));

    [Fact]
    public void Whatever_Zoom_refuses_is_a_reason() => Assert.All(
        Enum.GetValues<ZoomError>(),
        error => Assert.Contains(FailureReasons.Of(new ZoomException(error)), TrailWords.Reasons));

    [Fact]
    public void What_identity_providers_tell_is_in_the_trail_s_words()
    {
        Assert.All(OktaRules.All.Values, rule => Assert.All(
            new[] { rule.Action, rule.Failed, rule.Challenged }.OfType<string>(), action => Assert.Contains(action, TrailWords.Actions)));
        Assert.All(OktaRules.Reasons.Values, reason => Assert.Contains(reason, TrailWords.Reasons));
        Assert.All(Auth0Rules.All.Values, rule => Assert.Contains(rule.Action, TrailWords.Actions));
        Assert.All(Auth0Rules.All.Values.Select(rule => rule.Reason).OfType<string>(), reason => Assert.Contains(reason, TrailWords.Reasons));
    }

    [Fact]
    public void An_event_with_a_word_that_is_on_no_list_is_noticed()
    {
        var good = Story.Event();
        Assert.Empty(TrailWords.UnlistedOf(good));
        Assert.Equal(["teams"], TrailWords.UnlistedOf(good with { Source = "teams" }));
        Assert.Equal(["done"], TrailWords.UnlistedOf(good with { Outcome = "done" }));
        Assert.Equal(["robot"], TrailWords.UnlistedOf(good with { Actor = new AuditActor { Type = "robot" } }));
        Assert.Equal(["audit.peeked", "because"], TrailWords.UnlistedOf(good with { Action = "audit.peeked", Reason = "because" }));
        Assert.Equal(["because"], TrailWords.UnlistedOf(good with { Source = AuditSources.Zoom, Action = "meeting.renamed", Reason = "because" }));
        Assert.Empty(TrailWords.UnlistedOf(good with { Source = AuditSources.Okta, Reason = "because" }));
    }

    [GeneratedRegex("`([^`]+)`")]
    private static partial Regex Word();
}
