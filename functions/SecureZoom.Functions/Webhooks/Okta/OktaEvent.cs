using System.Text.Json;
using System.Text.Json.Nodes;
using SecureZoom.Functions.Audit.Recording;
using SecureZoom.Functions.Authorization;
using SecureZoom.Functions.Identity;
using SecureZoom.Functions.IdentityEvents;
using SecureZoom.Functions.Revocations;

namespace SecureZoom.Functions.Webhooks.Okta;

/// <summary>An event of Okta's (a LogEvent, as hooks and the System Log have it) in the trail's words. Members that nobody lists are left out.</summary>
internal sealed class OktaEvent(IdentitySource source, JsonElement log, Func<string, bool> givesPermissions)
{
    private const string Unknown = "unknown";

    private readonly string? _type = EventText.Name(LenientJson.Text(log, "eventType"));
    private readonly JsonElement _actor = LenientJson.Member(log, "actor");
    private readonly JsonElement _client = LenientJson.Member(log, "client");
    private readonly JsonElement _target = Target(log, "User");

    public IdentityEvent Read()
    {
        var rule = OktaRules.All.GetValueOrDefault(_type ?? "");
        var told = LenientJson.Text(LenientJson.Member(log, "outcome"), "result");
        var (action, outcome) = Action(rule, told);
        // Whom an administrator acts on, or who acts on themselves.
        var about = _target.ValueKind == JsonValueKind.Object ? _target : IsPerson(_actor) ? _actor : default;
        return new IdentityEvent
        {
            Id = LenientJson.Text(log, "uuid") is { Length: > 0 and <= 128 } id ? id : EventText.Hash(log),
            At = EventText.Time(LenientJson.Text(log, "published")),
            Action = action,
            Outcome = outcome,
            Reason = Reason(outcome),
            Actor = Actor(outcome),
            Client = Client(),
            Details = Details(),
            Address = EmailAddress.Parse(LenientJson.Text(about, "alternateId")),
            Subject = source.SubjectOf(IdOf(about)),
            Access = EndsAccess() ? Access(rule?.Access ?? [], told) : [],
        };
    }

    /// <summary>Okta has other words for how things end; a lock is one whatever its outcome says.</summary>
    private static (string Action, string Outcome) Action(OktaRule? rule, string? told) => told switch
    {
        _ when rule is { Action: IdentityActions.AccountLocked } => (rule.Action, AuditOutcomes.Success),
        "FAILURE" or "DENY" or "ABANDONED" or "UNANSWERED" or "RATE_LIMIT" => (rule?.Failed ?? rule?.Action ?? IdentityActions.Other, AuditOutcomes.Failure),
        "CHALLENGE" when rule?.Challenged is { } challenged => (challenged, AuditOutcomes.Success),
        _ => (rule?.Action ?? IdentityActions.Other, AuditOutcomes.Success),
    };

    /// <summary>Nothing changes by what did not succeed; and where that is not said, nobody is let in again.</summary>
    private static IReadOnlyList<(EndedAccessKind Kind, bool Ends)> Access(IReadOnlyList<(EndedAccessKind Kind, bool Ends)> changes, string? told) => told switch
    {
        "SUCCESS" or "ALLOW" => changes,
        null => [.. changes.Where(change => change.Ends)],
        _ => [],
    };

    /// <summary>Of groups only those count that give something here.</summary>
    private bool EndsAccess() =>
        _type != OktaRules.GroupRemoved || (LenientJson.Text(Target(log, "UserGroup"), "displayName") is { } group && givesPermissions(group));

    private string? Reason(string outcome)
    {
        var reason = LenientJson.Text(LenientJson.Member(log, "outcome"), "reason");
        return outcome == AuditOutcomes.Success ? null : OktaRules.Reasons.GetValueOrDefault(reason ?? "") ?? EventText.Snake(reason);
    }

    private AuditActor Actor(string outcome)
    {
        if (!IsPerson(_actor))
        {
            return new AuditActor { Type = AuditActorTypes.System, Name = "Okta" };
        }

        var (login, name) = (LenientJson.Text(_actor, "alternateId"), LenientJson.Text(_actor, "displayName"));
        var subject = source.SubjectOf(IdOf(_actor));
        return new AuditActor
        {
            Type = subject is null ? AuditActorTypes.Visitor : AuditActorTypes.User,
            Issuer = subject is null ? null : source.Issuer,
            Subject = subject,
            // Who is not known, or what was typed for a name, may be a password in the wrong field.
            Name = IdOf(_actor) is null || name == login || (outcome != AuditOutcomes.Success && name == Unknown) ? null : EventText.Short(name),
            Email = EmailAddress.Parse(login)?.Text,
        };
    }

    private RequestClient? Client()
    {
        var ip = EventText.Name(LenientJson.Text(_client, "ipAddress"));
        var agent = EventText.Short(LenientJson.Text(LenientJson.Member(_client, "userAgent"), "rawUserAgent"));
        return (ip ?? agent) is null ? null : new RequestClient(ip, agent, RequestId: null);
    }

    private JsonObject Details()
    {
        var details = new JsonObject();
        var (authentication, place) = (LenientJson.Member(log, "authenticationContext"), LenientJson.Member(_client, "geographicalContext"));
        Add(details, "type", _type);
        Add(details, "factor", EventText.Snake(LenientJson.Text(LenientJson.Member(LenientJson.Member(log, "debugContext"), "debugData"), "factor")));
        Add(details, "session", EventText.Name(LenientJson.Text(authentication, "externalSessionId")) is { } session and not Unknown ? session : null);
        Add(details, "transaction", EventText.Name(LenientJson.Text(LenientJson.Member(log, "transaction"), "id")));
        Add(details, "group", EventText.Short(LenientJson.Text(Target(log, "UserGroup"), "displayName")));
        Add(details, "app", EventText.Short(LenientJson.Text(Target(log, "AppInstance"), "displayName")));
        Add(details, "login", LenientJson.Text(_actor, "alternateId") is { } login && EmailAddress.Parse(login) is null && IsPerson(_actor) ? "masked" : null);
        var origin = new JsonObject();
        Add(origin, "device", EventText.Short(LenientJson.Text(_client, "device")));
        Add(origin, "city", EventText.Short(LenientJson.Text(place, "city")));
        Add(origin, "country", EventText.Short(LenientJson.Text(place, "country")));
        Put(details, "origin", origin);
        if (IdOf(_target) is { } id && id != IdOf(_actor))
        {
            var target = new JsonObject();
            Add(target, "email", EmailAddress.Parse(LenientJson.Text(_target, "alternateId"))?.Text);
            Add(target, "subject", source.SubjectOf(id));
            Put(details, "target", target);
        }

        return details;
    }

    private static bool IsPerson(JsonElement who) => LenientJson.Text(who, "type") == "User";

    private static string? IdOf(JsonElement who) => EventText.Name(LenientJson.Text(who, "id")) is { } id and not Unknown ? id : null;

    /// <summary>By type: their order means nothing.</summary>
    private static JsonElement Target(JsonElement log, string type) =>
        LenientJson.Member(log, "target") is { ValueKind: JsonValueKind.Array } targets
            ? targets.EnumerateArray().FirstOrDefault(target => LenientJson.Text(target, "type") == type)
            : default;

    private static void Put(JsonObject details, string name, JsonObject inner)
    {
        if (inner.Count > 0)
        {
            details[name] = inner;
        }
    }

    private static void Add(JsonObject details, string name, string? text)
    {
        if (text is not null)
        {
            details[name] = text;
        }
    }
}
