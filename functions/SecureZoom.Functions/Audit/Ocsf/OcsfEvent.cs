using System.Text.Json.Nodes;
using SecureZoom.Functions.Audit.Recording;
using SecureZoom.Functions.Audit.Trail;

namespace SecureZoom.Functions.Audit.Ocsf;

/// <summary>A record of the trail as an event of the Open Cybersecurity Schema Framework, which collectors and their rules know.</summary>
/// <remarks>
/// What OCSF has no member for is in <c>unmapped</c>, in the trail's own words. It proves nothing: that does the record whose id it names.
/// </remarks>
internal static class OcsfEvent
{
    private const string Product = "SecureZoom";
    private const string Nobody = "unknown";

    /// <summary>What somebody should look at although, or because, it succeeded.</summary>
    private static readonly HashSet<string> Alarming =
    [
        IdentityActions.AccountLocked, IdentityActions.MfaDenied, IdentityActions.PasswordLeaked, IdentityActions.RiskChanged,
        IdentityActions.SuspicionReported, AuditActions.AuditGap,
    ];

    private static string Version { get; } = typeof(OcsfEvent).Assembly.GetName().Version!.ToString(3);

    public static JsonObject Of(AuditRecord record)
    {
        var activity = OcsfActivities.Of(record.Action);
        var (severity, severityId) = SeverityOf(record);
        var (status, statusId) = StatusOf(record.Outcome);
        var told = new JsonObject
        {
            ["activity_id"] = activity.Id,
            ["activity_name"] = activity.Name,
            ["category_uid"] = activity.Class.CategoryUid,
            ["category_name"] = activity.Class.CategoryName,
            ["class_uid"] = activity.Class.Uid,
            ["class_name"] = activity.Class.Name,
            ["type_uid"] = activity.TypeUid,
            ["type_name"] = $"{activity.Class.Name}: {activity.Name}",
            ["severity_id"] = severityId,
            ["severity"] = severity,
            ["status_id"] = statusId,
            ["status"] = status,
            ["time"] = record.OccurredAt.ToUnixTimeMilliseconds(),
            ["message"] = record.Sentence,
            ["metadata"] = Metadata(record),
            ["unmapped"] = Unmapped(record),
        };
        Add(told, "status_detail", record.Reason);
        AddOrigin(told, record, isNeeded: activity.Class == OcsfClass.ApiActivity);
        if (activity.Class == OcsfClass.ApiActivity)
        {
            AddCall(told, record);
        }
        else
        {
            AddAccount(told, record, activity.Class);
        }

        return told;
    }

    private static (string Name, int Id) SeverityOf(AuditRecord record) => record switch
    {
        { IsReadable: false } => ("High", 4),
        _ when Alarming.Contains(record.Action) => ("Medium", 3),
        { Outcome: AuditOutcomes.Denied or AuditOutcomes.Failure } => ("Low", 2),
        _ => ("Informational", 1),
    };

    private static (string Name, int Id) StatusOf(string outcome) => outcome switch
    {
        AuditOutcomes.Success => ("Success", 1),
        AuditOutcomes.Denied or AuditOutcomes.Failure => ("Failure", 2),
        _ => (outcome, 99),
    };

    private static JsonObject Metadata(AuditRecord record)
    {
        var metadata = new JsonObject
        {
            ["version"] = OcsfClass.SchemaVersion,
            ["product"] = new JsonObject { ["name"] = Product, ["vendor_name"] = Product, ["version"] = Version },
            ["uid"] = record.IsReadable ? record.Id : $"{record.Organization}/{record.Sequence}",
            ["sequence"] = record.Sequence,
            ["logged_time"] = record.RecordedAt.ToUnixTimeMilliseconds(),
            ["tenant_uid"] = record.Organization,
            ["log_name"] = "audit",
            ["log_provider"] = record.Source,
            // The source's own name of it.
            ["event_code"] = record.Source is AuditSources.Okta or AuditSources.Auth0 ? Text(record.Details, "type") ?? record.Action : record.Action,
        };
        Add(metadata, "correlation_uid", record.Operation ?? Text(record.Details, "transaction"));
        return metadata;
    }

    private static JsonObject Unmapped(AuditRecord record)
    {
        var unmapped = new JsonObject { ["action"] = record.Action, ["outcome"] = record.Outcome };
        Add(unmapped, "meeting", record.Meeting);
        Add(unmapped, "account_id", record.AccountId);
        Add(unmapped, "department", record.Actor.Department);
        if (record.Details is { Count: > 0 } details)
        {
            unmapped["details"] = details.DeepClone();
        }

        return unmapped;
    }

    /// <param name="isNeeded">Whether it has to be there: then it is who told of it, where nobody knows the address.</param>
    private static void AddOrigin(JsonObject told, AuditRecord record, bool isNeeded)
    {
        var origin = new JsonObject();
        Add(origin, "ip", record.Client?.Ip);
        if (Text(record.Details?["origin"], "city") is { } city)
        {
            origin["location"] = new JsonObject { ["city"] = city };
        }

        if (!origin.ContainsKey("ip") && isNeeded)
        {
            origin["name"] = record.Source;
        }

        if (origin.ContainsKey("ip") || isNeeded)
        {
            told["src_endpoint"] = origin;
        }

        if (record.Client?.UserAgent is { } agent)
        {
            told["http_request"] = new JsonObject { ["user_agent"] = agent };
        }
    }

    private static void AddCall(JsonObject told, AuditRecord record)
    {
        told["actor"] = record.Actor.Type == AuditActorTypes.System
            ? new JsonObject { ["app_name"] = record.Actor.Name ?? record.Source }
            : new JsonObject { ["user"] = UserOf(record.Actor) };
        var api = new JsonObject { ["operation"] = record.Action, ["service"] = new JsonObject { ["name"] = record.Source } };
        if (record.Client?.RequestId is { } request)
        {
            api["request"] = new JsonObject { ["uid"] = request };
        }

        told["api"] = api;
        if (record.Target is { } target)
        {
            var resource = new JsonObject { ["type"] = target.Type };
            Add(resource, "uid", target.Id ?? record.Meeting);
            Add(resource, "name", target.Name);
            told["resources"] = new JsonArray(resource);
        }
    }

    private static void AddAccount(JsonObject told, AuditRecord record, OcsfClass kind)
    {
        var target = record.Details?["target"];
        var isAbout = Text(target, "subject") ?? Text(target, "email");
        told["user"] = isAbout is null ? UserOf(record.Actor) : UserOf(Text(target, "subject"), name: null, Text(target, "email"));
        if (isAbout is not null || kind == OcsfClass.AccountChange)
        {
            told["actor"] = new JsonObject { ["user"] = UserOf(record.Actor) };
        }

        if (kind != OcsfClass.Authentication)
        {
            return;
        }

        told["service"] = new JsonObject { ["name"] = Text(record.Details, "app") ?? record.Source };
        if (Text(record.Details, "session") is { } session)
        {
            told["session"] = new JsonObject { ["uid"] = session };
        }

        if (Text(record.Details, "factor") is { } factor)
        {
            var (id, name) = OcsfFactor.Of(factor);
            told["is_mfa"] = record.Action is IdentityActions.MfaChallenged or IdentityActions.MfaSucceeded or IdentityActions.MfaDenied;
            told["auth_factors"] = new JsonArray(new JsonObject { ["factor_type_id"] = id, ["factor_type"] = name });
        }
    }

    private static JsonObject UserOf(AuditActor actor) => actor.Type == AuditActorTypes.System
        ? new JsonObject { ["name"] = actor.Name ?? Nobody, ["type_id"] = 3, ["type"] = "System" }
        : UserOf(actor.Subject, actor.Name, actor.Email);

    /// <summary>Nobody without a name: a user of OCSF has a name or a uid.</summary>
    private static JsonObject UserOf(string? subject, string? name, string? email)
    {
        var user = new JsonObject { ["name"] = name ?? email ?? subject ?? Nobody };
        Add(user, "uid", subject);
        Add(user, "email_addr", email);
        (user["type_id"], user["type"]) = subject is null ? (0, "Unknown") : (1, "User");
        return user;
    }

    private static string? Text(JsonNode? node, string member) =>
        node is JsonObject members && members[member] is JsonValue value && value.TryGetValue(out string? text) && text.Length > 0 ? text : null;

    private static void Add(JsonObject members, string name, string? text)
    {
        if (text is not null)
        {
            members[name] = text;
        }
    }
}
