using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;
using Microsoft.AspNetCore.Http;
using SecureZoom.Functions.Telemetry;

namespace SecureZoom.Functions.Edge;

/// <summary>Writes a <see cref="Problem"/> as <c>application/problem+json</c>.</summary>
internal sealed class ProblemResult(Problem problem) : IResult
{
    public async Task ExecuteAsync(HttpContext httpContext)
    {
        var response = httpContext.Response;
        response.StatusCode = problem.Status;
        var seconds = problem.RetryAfter is { } wait ? Math.Max(1, (int)Math.Ceiling(wait.TotalSeconds)) : (int?)null;
        if (seconds is { } wholeSeconds)
        {
            response.Headers.RetryAfter = wholeSeconds.ToString(CultureInfo.InvariantCulture);
        }

        if (problem.Challenge is { } challenge)
        {
            response.Headers.WWWAuthenticate = challenge;
        }

        var body = new Body(
            $"https://securezoom.example/problems/{problem.Code}",
            problem.Title,
            problem.Status,
            problem.Code,
            problem.Detail,
            AppTraces.CurrentTraceId,
            seconds,
            problem.ZoomCode,
            problem.Reason);
        var bytes = JsonSerializer.SerializeToUtf8Bytes(body, ProblemJson.Default.Body);
        response.ContentType = "application/problem+json";
        response.ContentLength = bytes.Length;
        await response.Body.WriteAsync(bytes, httpContext.RequestAborted);
    }

    /// <summary>The JSON of a problem.</summary>
    internal sealed record Body(
        string Type, string Title, int Status, string Code, string? Detail, string TraceId, int? RetryAfterSeconds, int? ZoomCode, string? Reason);
}

/// <summary>How problems are serialised.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(ProblemResult.Body))]
internal sealed partial class ProblemJson : JsonSerializerContext;
