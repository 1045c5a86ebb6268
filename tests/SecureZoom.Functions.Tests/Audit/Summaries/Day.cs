using System.Text.Json.Nodes;
using SecureZoom.Functions.Audit.Recording;
using SecureZoom.Functions.Authorization;

namespace SecureZoom.Functions.Tests.Audit.Summaries;

/// <summary>What happens in an organisation, event by event, as its sources tell.</summary>
/// <param name="at">When it begins.</param>
internal sealed class Day(DateTimeOffset at)
{
    public const string Issuer = "https://auth.example/";

    private readonly List<AuditEvent> _events = [];

    public IReadOnlyList<AuditEvent> Events => _events;

    public static AuditActor Alice { get; } = Person("alice", "Alice Adams");

    public static AuditActor Bob { get; } = Person("bob", "Bob Brown");

    public static AuditActor Person(string name, string? told = null) =>
        new() { Type = "user", Issuer = Issuer, Subject = $"okta|acme|00u{name}", Name = told, Email = $"{name}@acme.example", OrganizationName = "Acme Corp" };

    public static string PseudonymOf(AuditActor actor) => Caller.PseudonymOf(actor.Issuer, actor.Subject);

    public Day SignIn(AuditActor actor, int minute, string ip = "203.0.113.7", string source = "okta") => Add(source, "signin.succeeded", actor, minute, ip);

    public Day Fail(AuditActor actor, int minute, string ip = "203.0.113.7", string reason = "wrong_password", string source = "okta") =>
        Add(source, "signin.failed", actor, minute, ip, "failure", reason);

    public Day Lock(AuditActor actor, int minute, string source = "okta") =>
        Add(source, "account.locked", new AuditActor { Type = "system", Name = "Okta" }, minute, ip: null, details: new JsonObject { ["target"] = new JsonObject { ["email"] = actor.Email, ["subject"] = actor.Subject } });

    public Day Factor(AuditActor actor, int minute, string action = "mfa.succeeded", string source = "okta") =>
        Add(source, action, actor, minute, "203.0.113.7", action == "mfa.denied" ? "failure" : "success", details: new JsonObject { ["factor"] = "totp" });

    public Day Sign(AuditActor actor, int minute, int role = 0, int asked = 0, string ip = "203.0.113.7") => Add(
        "app", "signature.issued", actor, minute, ip, reason: "member", details: new JsonObject { ["role"] = role, ["requestedRole"] = asked, ["customerKey"] = PseudonymOf(actor) });

    public Day Refuse(AuditActor actor, int minute, int count = 1) =>
        Add("app", "access.denied", actor, minute, "203.0.113.7", "denied", "insufficient_scope", new JsonObject { ["function"] = "meetings-create", ["count"] = count });

    /// <param name="key">What Zoom has them as; null for whoever came without a signature of ours.</param>
    public Day Join(string? key, int minute, string name = "Somebody", string action = "meeting.participant_joined") =>
        Add("zoom", action, new AuditActor { Type = "participant", Subject = key, Name = name }, minute, ip: null, details: new JsonObject { ["participant"] = new JsonObject { ["user_name"] = name, ["customer_key"] = key } });

    public Day Leave(string? key, int minute) => Join(key, minute, action: "meeting.participant_left");

    public Day Zoom(string action, int minute) => Add("zoom", action, new AuditActor { Type = "system", Name = "Zoom" }, minute, ip: null);

    public Day SignOut(AuditActor actor, int minute, string source = "okta") => Add(source, "signout", actor, minute, "203.0.113.7");

    public Day Add(
        string source, string action, AuditActor actor, int minute, string? ip, string outcome = "success", string? reason = null, JsonObject? details = null)
    {
        var made = Story.Event(action: action, at: at.AddMinutes(minute), actor: actor, topic: null, outcome: outcome, reason: reason, source: source, details: details);
        _events.Add(made with { Client = ip is null ? null : new RequestClient(ip, null, null) });
        return this;
    }
}
