namespace SecureZoom.Functions.Http;

/// <summary>What is wrong with a request, as far as its sender can mend it.</summary>
public enum RequestError
{
    /// <summary>400: not JSON, an unknown member, a member of the wrong shape or out of range.</summary>
    Invalid,

    /// <summary>413.</summary>
    TooLarge,

    /// <summary>415.</summary>
    UnsupportedMediaType,

    /// <summary>400: a cursor that is not ours, or not for this caller and these filters.</summary>
    InvalidCursor,

    /// <summary>429: this person asks too often.</summary>
    TooMany,
}

/// <summary>The request cannot be served as it was sent.</summary>
/// <param name="error">What is wrong.</param>
/// <param name="detail">What to mend, for the caller to read.</param>
public sealed class RequestException(RequestError error, string? detail = null) : Exception(detail ?? error.ToString())
{
    public RequestError Error { get; } = error;

    public string? Detail { get; } = detail;

    public TimeSpan? RetryAfter { get; init; }
}
