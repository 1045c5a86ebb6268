using System.Text.Json;
using System.Text.Json.Nodes;
using SecureZoom.Functions.Audit.Recording;
using SecureZoom.Functions.Authorization;
using SecureZoom.Functions.Identity;
using SecureZoom.Functions.IdentityEvents;

namespace SecureZoom.Functions.Webhooks.Auth0;

/// <summary>An event of Auth0's log (<c>{log_id, data}</c>) in the trail's words. Members that nobody lists are left out.</summary>
internal sealed class Auth0Event(IdentitySource source, JsonElement log)
{
    private const string Users = "/api/v2/users/";

    private readonly JsonElement _data = LenientJson.Member(log, "data") is { ValueKind: JsonValueKind.Object } data ? data : log;

    public IdentityEvent Read()
    {
        var type = EventText.Name(LenientJson.Text(_data, "type"));
        var details = LenientJson.Member(_data, "details");
        var (rule, managed) = type == Auth0Rules.Management ? Managed(LenientJson.Member(details, "request")) : (Auth0Rules.All.GetValueOrDefault(type ?? ""), null);
        var subject = EventText.Subject(managed ?? LenientJson.Text(_data, "user_id"));
        var login = LenientJson.Text(_data, "user_name");
        var address = EmailAddress.Parse(login);
        return new IdentityEvent
        {
            Id = (LenientJson.Text(log, "log_id") ?? LenientJson.Text(_data, "log_id")) is { Length: > 0 and <= 256 } id ? id : EventText.Hash(log),
            At = EventText.Time(LenientJson.Text(_data, "date")),
            Action = rule?.Action ?? IdentityActions.Other,
            Outcome = rule?.Failed == true ? AuditOutcomes.Failure : AuditOutcomes.Success,
            Reason = rule?.Reason,
            Actor = Actor(managed is null ? subject : null, managed is null ? address : null),
            Client = Client(),
            Details = Details(type, rule, details, login is { Length: > 0 } && address is null, managed),
            Address = managed is null ? address : null,
            Organization = EventText.Name(LenientJson.Text(_data, "organization_id")),
            Subject = subject,
            Access = rule?.Access ?? [],
        };
    }

    /// <summary>Whom the management API blocked or unblocked: Auth0 has no type of its own for that.</summary>
    private static (Auth0Rule? Rule, string? Subject) Managed(JsonElement request)
    {
        var path = LenientJson.Text(request, "path");
        return path is not null && path.StartsWith(Users, StringComparison.Ordinal) && path.IndexOf('/', Users.Length) < 0
            && string.Equals(LenientJson.Text(request, "method"), "patch", StringComparison.OrdinalIgnoreCase)
                ? LenientJson.Member(LenientJson.Member(request, "body"), "blocked").ValueKind switch
                {
                    JsonValueKind.True => (Auth0Rules.Blocked, Uri.UnescapeDataString(path[Users.Length..])),
                    JsonValueKind.False => (Auth0Rules.Unblocked, Uri.UnescapeDataString(path[Users.Length..])),
                    _ => (null, null),
                }
                : (null, null);
    }

    private AuditActor Actor(string? subject, EmailAddress? address)
    {
        if ((subject ?? address?.Text) is null)
        {
            return new AuditActor { Type = AuditActorTypes.System, Name = "Auth0" };
        }

        return new AuditActor
        {
            Type = subject is null ? AuditActorTypes.Visitor : AuditActorTypes.User,
            Issuer = subject is null ? null : source.Issuer,
            Subject = subject,
            Email = address?.Text,
            OrganizationName = EventText.Short(LenientJson.Text(_data, "organization_name")),
        };
    }

    private RequestClient? Client()
    {
        var ip = EventText.Name(LenientJson.Text(_data, "client_ip") is { Length: > 0 } own ? own : LenientJson.Text(_data, "ip"));
        var agent = EventText.Short(LenientJson.Text(_data, "user_agent"));
        return (ip ?? agent) is null ? null : new RequestClient(ip, agent, RequestId: null);
    }

    private JsonObject Details(string? type, Auth0Rule? rule, JsonElement told, bool isMasked, string? managed)
    {
        var details = new JsonObject();
        Add(details, "type", type);
        Add(details, "factor", rule?.Factor);
        Add(details, "connection", EventText.Short(LenientJson.Text(_data, "connection")));
        Add(details, "app", EventText.Short(LenientJson.Text(_data, "client_name")));
        Add(details, "session", EventText.Name(LenientJson.Text(told, "session_id")));
        Add(details, "transaction", EventText.Name(LenientJson.Text(told, "transaction_id")));
        // What was typed for a name may be a password in the wrong field.
        Add(details, "login", isMasked ? "masked" : null);
        var place = LenientJson.Member(_data, "location_info");
        var origin = new JsonObject();
        Add(origin, "city", EventText.Short(LenientJson.Text(place, "city_name")));
        Add(origin, "country", EventText.Short(LenientJson.Text(place, "country_name")));
        if (origin.Count > 0)
        {
            details["origin"] = origin;
        }

        if (managed is not null)
        {
            details["target"] = new JsonObject { ["subject"] = managed };
        }

        return details;
    }

    private static void Add(JsonObject details, string name, string? text)
    {
        if (text is not null)
        {
            details[name] = text;
        }
    }
}
