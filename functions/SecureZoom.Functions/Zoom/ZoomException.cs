namespace SecureZoom.Functions.Zoom;

/// <summary>What Zoom's refusal, or its silence, means to our caller.</summary>
public enum ZoomError
{
    /// <summary>404: the meeting, user or recording does not exist at Zoom.</summary>
    NotFound,

    /// <summary>409: the meeting's state does not allow it.</summary>
    Conflict,

    /// <summary>422: Zoom refuses a value.</summary>
    Refused,

    /// <summary>429: Zoom's rate limit, of the account or of the day.</summary>
    RateLimited,

    /// <summary>502: an answer that Zoom should not give, or credentials or scopes that our operator has to mend.</summary>
    BadGateway,

    /// <summary>503: no answer, or a 5xx.</summary>
    Unavailable,

    /// <summary>409: no Zoom account is set up for the organisation.</summary>
    NoAccount,
}

/// <summary>A call to Zoom did not do what it should. Never holds Zoom's own text, which may quote what we sent.</summary>
/// <param name="error">What it means to the caller.</param>
/// <param name="code">Zoom's own error code, where it gave one.</param>
/// <param name="inner">What failed underneath.</param>
public sealed class ZoomException(ZoomError error, int? code = null, Exception? inner = null)
    : Exception($"Zoom: {error}{(code is null ? "" : $" ({code})")}.", inner)
{
    public ZoomError Error { get; } = error;

    public int? Code { get; } = code;

    /// <summary>Whether Zoom says, by status and code, that it has no meeting of that number.</summary>
    public bool NoSuchMeeting { get; init; }

    /// <summary>Whether Zoom says that the app was not given the scope.</summary>
    public bool LacksScope { get; init; }

    public TimeSpan? RetryAfter { get; init; }

    /// <summary>The names of the members that Zoom refuses; names only, never its text.</summary>
    public IReadOnlyList<string> Fields { get; init; } = [];
}
