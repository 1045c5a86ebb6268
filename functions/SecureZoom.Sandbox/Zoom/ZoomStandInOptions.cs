namespace SecureZoom.Sandbox.Zoom;

/// <summary>How the Zoom stand-in is started.</summary>
public sealed record ZoomStandInOptions
{
    /// <summary>Every scope that the stand-in asks for somewhere, which are those that SecureZoom needs.</summary>
    public static IReadOnlyList<string> AllScopes { get; } =
    [
        "meeting:read:meeting:admin",
        "meeting:read:list_meetings:admin",
        "meeting:write:meeting:admin",
        "meeting:update:meeting:admin",
        "meeting:update:status:admin",
        "meeting:delete:meeting:admin",
        "meeting:read:list_past_instances:admin",
        "meeting:read:list_past_participants:admin",
        "cloud_recording:read:list_recording_files:admin",
        "user:read:token:admin",
        "user:read:user:admin",
    ];

    /// <summary>The port on 127.0.0.1; 0 takes a free one.</summary>
    public int Port { get; init; }

    /// <summary>The account that the app belongs to.</summary>
    public required string AccountId { get; init; }

    /// <summary>The server-to-server app's client id.</summary>
    public required string ClientId { get; init; }

    /// <summary>The server-to-server app's secret.</summary>
    public required string ClientSecret { get; init; }

    /// <summary>The secret token that webhooks are signed with.</summary>
    public required string WebhookSecret { get; init; }

    /// <summary>The scopes that a token gets.</summary>
    public IReadOnlyList<string> Scopes { get; init; } = AllScopes;

    /// <summary>How long a token lives.</summary>
    public TimeSpan TokenLife { get; init; } = TimeSpan.FromHours(1);

    /// <summary>Where webhooks go; null for nowhere. <see cref="ZoomStandIn.WebhookTarget"/> changes it later.</summary>
    public Uri? WebhookTarget { get; init; }

    /// <summary>The pauses before a webhook is sent again. Zoom's are 5, 20 and 60 minutes.</summary>
    public IReadOnlyList<TimeSpan> WebhookRetries { get; init; } =
        [TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(5), TimeSpan.FromSeconds(20)];

    /// <summary>Answers an API call only after its webhook was delivered, as it can happen with Zoom.</summary>
    public bool WebhooksOvertake { get; init; }

    /// <summary>Where meetings are kept over restarts; null to forget them.</summary>
    public string? DataFile { get; init; }

    /// <summary>The clock of tokens, events and retries.</summary>
    public TimeProvider Time { get; init; } = TimeProvider.System;
}
