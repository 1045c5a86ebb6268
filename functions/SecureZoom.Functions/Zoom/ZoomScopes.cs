namespace SecureZoom.Functions.Zoom;

/// <summary>The scopes that the Server-to-Server OAuth app needs, each for its reason; anything more is attack surface.</summary>
internal static class ZoomScopes
{
    /// <summary>A need, and the scopes of which each fulfils it: granular ones first, the classic one last.</summary>
    private static readonly string[][] Needs =
    [
        // Read a meeting: its topic, times and passcode for whoever may join it.
        ["meeting:read:meeting:admin", "meeting:read:admin"],
        // Create a meeting for a host.
        ["meeting:write:meeting:admin", "meeting:write:admin"],
        // Change a meeting, and end it (PUT status).
        ["meeting:update:meeting:admin", "meeting:write:admin"],
        ["meeting:update:status:admin", "meeting:update:meeting:admin", "meeting:write:admin"],
        // Look whether a create that Zoom did not answer has made a meeting all the same.
        ["meeting:read:list_meetings:admin", "meeting:read:admin"],
        // Delete a meeting, also one whose owner could not be written down.
        ["meeting:delete:meeting:admin", "meeting:write:admin"],
        // A host's ZAK: without it nobody can join with role 1.
        ["user:read:token:admin", "user:read:admin"],
        // Find a host's address, of whom an event has the id alone: it says whose a meeting is that was made at Zoom itself.
        ["user:read:user:admin", "user:read:admin"],
        // Find the instances of a meeting, whose recordings and participants are listed.
        ["meeting:read:list_past_instances:admin", "meeting:read:admin"],
        // List who was in them: the report of a meeting tells the same, and needs a scope that opens all reports of its kind.
        ["meeting:read:list_past_participants:admin", "meeting:read:admin"],
        // List a meeting's recordings.
        ["cloud_recording:read:list_recording_files:admin", "recording:read:admin"],
    ];

    /// <summary>The needs that nothing granted fulfils, by their granular scope.</summary>
    public static IReadOnlyList<string> Missing(IReadOnlyCollection<string> granted) =>
        [.. Needs.Where(need => !need.Any(granted.Contains)).Select(need => need[0])];

    /// <summary>What is granted and no need names.</summary>
    public static IReadOnlyList<string> Excessive(IReadOnlyCollection<string> granted) =>
        [.. granted.Where(scope => !Needs.Any(need => need.Contains(scope)))];
}
