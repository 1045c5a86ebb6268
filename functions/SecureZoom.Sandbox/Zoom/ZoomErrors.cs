using Microsoft.AspNetCore.Http;

namespace SecureZoom.Sandbox.Zoom;

/// <summary>Zoom's errors: <c>{code, message, errors?: [{field, message}]}</c>.</summary>
internal static class ZoomErrors
{
    public static IResult InvalidToken { get; } = Create(401, 124, "Invalid access token.");

    public static IResult ExpiredToken { get; } = Create(401, 124, "Access token is expired.");

    public static IResult MalformedBody { get; } = Create(400, 300, "Request Body should be a valid JSON object.");

    public static IResult InvalidPageToken { get; } = Create(400, 300, "The next page token is invalid or expired.");

    public static IResult NoRecording { get; } = Create(404, 3301, "This recording does not exist.");

    public static IResult InProgress { get; } =
        Create(400, 3002, "Sorry, you cannot delete this meeting since it's in progress.");

    public static IResult InvalidOccurrence { get; } = Create(400, 3000, "Invalid occurrence_id.");

    public static IResult MissingScope(IEnumerable<string> scopes) =>
        Create(400, 4711, $"Invalid access token, does not contain scopes:[{string.Join(", ", scopes)}].");

    public static IResult UnknownUser(string user) => Create(404, 1001, $"User does not exist: {user}.");

    public static IResult UnknownMeeting(string meeting) => Create(404, 3001, $"Meeting does not exist: {meeting}.");

    public static IResult AlternativeHost(string address) =>
        Create(400, 1114, $"Alternative host {address} is not a licensed user of this account.");

    public static IResult Invalid(IReadOnlyList<FieldError> errors) => Create(400, 300, "Validation Failed.", errors);

    private static IResult Create(int status, int code, string message, IReadOnlyList<FieldError>? errors = null) =>
        errors is null
            ? Results.Json(new { code, message }, statusCode: status)
            : Results.Json(new { code, message, errors }, statusCode: status);
}
