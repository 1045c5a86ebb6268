using System.Reflection;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization.Metadata;
using SecureZoom.Functions.Audit.Reading;
using SecureZoom.Functions.Audit.Recording;
using SecureZoom.Functions.Audit.Summaries;
using SecureZoom.Functions.Audit.Trail;
using SecureZoom.Functions.Docs;
using SecureZoom.Functions.Edge;
using SecureZoom.Functions.Health;
using SecureZoom.Functions.Identity;
using SecureZoom.Functions.Invitations;
using SecureZoom.Functions.Meetings;
using SecureZoom.Functions.Profile;
using SecureZoom.Functions.Signature;
using SecureZoom.Functions.Webhooks.Zoom;
using SecureZoom.Functions.Zoom;
using SecureZoom.Verification;

namespace SecureZoom.Functions.Tests.Docs;

/// <summary>The document's schemas have the members and the values that the code knows.</summary>
public sealed class SchemaTests
{
    private static readonly JsonNode Schemas = JsonNode.Parse(new OpenApi().Json.Span)!["components"]!["schemas"]!;

    [Fact]
    public void Bodies_have_the_members_that_the_code_knows()
    {
        (string Schema, JsonTypeInfo Type)[] types =
        [
            ("SignatureRequest", SignatureJson.Default.SignatureRequest), ("Signature", SignatureJson.Default.SignatureResponse),
            ("InvitationRequest", InvitationJson.Default.InvitationRequest), ("Invitation", InvitationJson.Default.InvitationResponse),
            ("InvitationList", InvitationJson.Default.InvitationList), ("OpenInvitation", InvitationJson.Default.OpenInvitation),
            ("CreateMeeting", MeetingJson.Default.CreateMeeting), ("UpdateMeeting", MeetingJson.Default.UpdateMeeting),
            ("Meeting", MeetingJson.Default.MeetingView), ("MeetingSettings", ZoomJson.Default.MeetingSettings),
            ("MeetingPermissions", MeetingJson.Default.MeetingPermissions), ("MeetingList", MeetingJson.Default.MeetingList),
            ("Recording", MeetingJson.Default.MeetingRecording), ("RecordingList", MeetingJson.Default.RecordingList),
            ("Me", MeJson.Default.MeResponse), ("CallerOrganization", MeJson.Default.CallerOrganization),
            ("Health", HealthJson.Default.HealthResponse), ("WebhookChallenge", ChallengeJson.Default.ChallengeResponse),
            ("AuditRecord", AuditRecordJson.Default.AuditRecord), ("AuditActor", AuditEntryJson.Default.AuditActor),
            ("AuditTarget", AuditEntryJson.Default.AuditTarget), ("AuditClient", AuditEntryJson.Default.RequestClient),
            ("Verification", AuditJson.Default.VerificationResponse), ("TrailProblem", AuditJson.Default.TrailProblem),
            ("CheckpointList", AuditJson.Default.CheckpointList), ("KeySet", AuditJson.Default.KeySet),
            ("Consistency", AuditJson.Default.ConsistencyResponse), ("AuditPerson", AuditRecordJson.Default.Person),
            ("AuditText", AuditRecordJson.Default.ChosenText), ("DeedTarget", AuditRecordJson.Default.DeedTarget),
            ("AuditSummary", AuditJson.Default.SummaryResponse),
            ("SummaryBucket", AuditJson.Default.SummaryHour),
            ("SummaryAttention", AuditJson.Default.SummaryAttention),
            ("Problem", ProblemJson.Default.Body),
        ];
        foreach (var (schema, type) in types)
        {
            var documented = Schemas[schema]!["properties"]!.AsObject().Select(member => member.Key);
            Assert.Equal((schema, string.Join(' ', type.Properties.Select(member => member.Name).Order())), (schema, string.Join(' ', documented.Order())));
        }
    }

    [Fact]
    public void Reasons_are_those_that_the_code_gives() => Assert.Equal(
        SignatureReasons.All,
        Schemas["Signature"]!["properties"]!["reason"]!["enum"]!.AsArray().Select(reason => (string)reason!));

    [Fact]
    public void Problems_of_a_trail_are_those_that_the_code_finds() => Assert.Equal(
        typeof(TrailProblems).GetFields().Select(field => (string)field.GetRawConstantValue()!).Order(),
        Schemas["TrailProblem"]!["properties"]!["code"]!["enum"]!.AsArray().Select(code => (string)code!).Order());

    [Fact]
    public void What_somebody_should_look_at_is_what_the_code_says() => Assert.Equal(
        typeof(AttentionCodes).GetFields(BindingFlags.Public | BindingFlags.Static).Select(field => (string)field.GetRawConstantValue()!),
        Schemas["SummaryAttention"]!["properties"]!["code"]!["enum"]!.AsArray().Select(code => (string)code!));
}
