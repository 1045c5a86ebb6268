using System.Collections.Concurrent;
using System.Reflection;
using SecureZoom.Functions.Audit.Recording;

namespace SecureZoom.Functions.Tests.Support;

/// <summary>The words that may be recorded, as the app's constants have them; and, as one of an app's consequences, whether it keeps to them.</summary>
internal sealed class TrailWords : IAuditConsequence
{
    private readonly ConcurrentBag<string> _unlisted = [];

    public static IReadOnlyList<string> Actions { get; } = [.. Of(typeof(AuditActions)), .. Of(typeof(IdentityActions))];

    public static IReadOnlyList<string> Reasons { get; } = Of(typeof(AuditReasons));

    public static IReadOnlyList<string> Outcomes { get; } = Of(typeof(AuditOutcomes));

    public static IReadOnlyList<string> Sources { get; } = Of(typeof(AuditSources));

    public static IReadOnlyList<string> ActorTypes { get; } = Of(typeof(AuditActorTypes));

    /// <summary>Fails when the app has recorded a word that nobody lists.</summary>
    public void Check() => Assert.Empty(_unlisted);

    public Task FollowAsync(string organization, AuditEvent auditEvent, CancellationToken cancellationToken)
    {
        foreach (var word in UnlistedOf(auditEvent))
        {
            _unlisted.Add(word);
        }

        return Task.CompletedTask;
    }

    /// <summary>The words of an event that are on no list: of Zoom's events the names are Zoom's, and of Okta's some reasons are Okta's.</summary>
    public static IEnumerable<string> UnlistedOf(AuditEvent auditEvent)
    {
        (string? Word, IReadOnlyList<string> Listed)[] words =
        [
            (auditEvent.Source, Sources),
            (auditEvent.Outcome, Outcomes),
            (auditEvent.Actor.Type, ActorTypes),
            (auditEvent.Source == AuditSources.Zoom ? null : auditEvent.Action, Actions),
            (auditEvent.Source == AuditSources.Okta ? null : auditEvent.Reason, Reasons),
        ];
        return words.Where(one => one.Word is not null && !one.Listed.Contains(one.Word, StringComparer.Ordinal)).Select(one => one.Word!);
    }

    private static string[] Of(Type constants) =>
        [.. constants.GetFields(BindingFlags.Public | BindingFlags.Static).Select(constant => (string)constant.GetRawConstantValue()!)];
}
