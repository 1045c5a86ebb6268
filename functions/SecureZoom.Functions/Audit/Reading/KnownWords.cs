using System.Collections.Frozen;
using System.Reflection;
using System.Text.RegularExpressions;
using SecureZoom.Functions.Audit.Recording;
using SecureZoom.Functions.Http;

namespace SecureZoom.Functions.Audit.Reading;

/// <summary>Which words a filter may hold: one that no record can have is a mistake, not an empty list.</summary>
internal static partial class KnownWords
{
    /// <summary>What Zoom's events are about, too: of them there is no list.</summary>
    private static readonly FrozenSet<string> ZoomNouns = FrozenSet.Create(StringComparer.Ordinal, "account", "app", "group", "meeting", "session");

    private static readonly FrozenSet<string> Outcomes = Of(typeof(AuditOutcomes));
    private static readonly FrozenSet<string> Sources = Of(typeof(AuditSources));
    private static readonly FrozenSet<string> Actions = [.. Of(typeof(AuditActions)), .. Of(typeof(IdentityActions))];
    private static readonly FrozenSet<string> OwnNouns = Actions.Select(NounOf).Except(ZoomNouns, StringComparer.Ordinal).ToFrozenSet(StringComparer.Ordinal);

    /// <exception cref="RequestException">No record has it, with those that there are.</exception>
    public static string? Outcome(string? outcome) => Known("outcome", outcome, Outcomes);

    /// <inheritdoc cref="Outcome"/>
    public static string? Source(string? source) => Known("source", source, Sources);

    /// <param name="source">The source that is asked for with it.</param>
    /// <inheritdoc cref="Outcome"/>
    public static string? Action(string? action, string? source)
    {
        var mayBeZooms = source is null or AuditSources.Zoom && action is not null && ZoomName().IsMatch(action) && !OwnNouns.Contains(NounOf(action));
        return mayBeZooms ? action : Known("action", action, Actions, source is null or AuditSources.Zoom ? ", or the name of an event of Zoom's" : "");
    }

    private static string? Known(string name, string? word, FrozenSet<string> words, string orElse = "") => word is null || words.Contains(word)
        ? word
        : throw new RequestException(RequestError.Invalid, $"{name} is one of {string.Join(", ", words.Order(StringComparer.Ordinal))}{orElse}.");

    private static string NounOf(string action) => action.Split('.')[0];

    private static FrozenSet<string> Of(Type constants) => constants.GetFields(BindingFlags.Public | BindingFlags.Static)
        .Select(constant => (string)constant.GetRawConstantValue()!).ToFrozenSet(StringComparer.Ordinal);

    [GeneratedRegex(@"\A[a-z][a-z0-9_]*(\.[a-z0-9_]+)*\z")]
    private static partial Regex ZoomName();
}
