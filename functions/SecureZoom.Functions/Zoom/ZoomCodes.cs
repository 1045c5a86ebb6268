namespace SecureZoom.Functions.Zoom;

/// <summary>What Zoom's error codes mean, in our words: Zoom's own may quote what was sent.</summary>
/// <remarks>Of 1113 and 1132, which callers have met, no description was found: their sentence says no more than that.</remarks>
internal static class ZoomCodes
{
    private const string Undescribed = "Zoom refuses this, by a code that it describes nowhere.";

    private static readonly Dictionary<int, string> Sentences = new()
    {
        [124] = "Zoom refuses the app's access token.",
        [200] = "The Zoom account's plan, or the user's rights in it, do not allow this.",
        [300] = "Zoom finds a value, or the meeting's state, not valid for this.",
        [1001] = "Zoom has no such user in the account.",
        [1010] = "The user does not belong to the organisation's Zoom account.",
        [1113] = Undescribed,
        [1114] = "An alternative host is no licensed user of the organisation's Zoom account.",
        [1132] = Undescribed,
        [3000] = "Zoom does not let the app do this with the meeting.",
        [3001] = "Zoom has the meeting no more, or it has not ended yet.",
        [3002] = "The meeting is under way.",
        [3003] = "The user is not the meeting's host.",
        [3007] = "The meeting is over.",
        [3018] = "A personal meeting cannot be deleted.",
        [3161] = "The user may not host meetings: a licence or a role is missing at Zoom.",
        [3301] = "Zoom has no recording of the meeting.",
        [4700] = "The Zoom app's access token is not valid for this, or lacks a scope.",
        [4711] = "The Zoom app lacks a scope that this needs.",
        [12702] = "Zoom does not tell of what is more than a year ago.",
    };

    /// <summary>The code's sentence; null for one that we know nothing of.</summary>
    public static string? Explain(int? code) => code is { } known ? Sentences.GetValueOrDefault(known) : null;
}
