namespace SecureZoom.LocalHost.Http;

/// <summary>Which requests an HTTP function answers.</summary>
internal sealed record HttpRoute(RoutePattern Pattern, string[] Methods)
{
    // The host routes neither OPTIONS nor HEAD, whatever the attribute says.
    private static readonly string[] _routed = ["GET", "POST", "PUT", "PATCH", "DELETE"];

    public static HttpRoute From(HttpTriggerAttribute trigger, string functionName, string prefix) => new(
        RoutePatternFactory.Parse($"{prefix}/{trigger.Route ?? functionName}".Trim('/')),
        trigger.Methods is [] or null ? _routed
            : [.. _routed.Intersect(trigger.Methods, StringComparer.OrdinalIgnoreCase)]);
}
