using System.Collections.Frozen;

namespace SecureZoom.Functions.Zoom.Events;

/// <summary>The events whose sentence is written, by Zoom's names, and a general form for all others.</summary>
internal static class ZoomEventTable
{
    /// <summary>In the order of families.</summary>
    public static IReadOnlyList<ZoomEventKind> All { get; } = [.. MeetingEvents.All, .. RecordingEvents.All, .. AccountEvents.All];

    private static readonly FrozenDictionary<string, ZoomEventKind> ByName = All.ToFrozenDictionary(kind => kind.Name, StringComparer.Ordinal);

    public static ZoomEventKind Of(string name) => ByName.GetValueOrDefault(name) ?? General(name);

    /// <summary>What was done to what, as the name says; by the operator, where there is one.</summary>
    private static ZoomEventKind General(string name)
    {
        if (!IsPlain(name))
        {
            return new ZoomEventKind(name, ZoomEventKind.Operator, "Zoom sent {event}[, by {operator}]");
        }

        var noun = EventNoun.Of(name);
        return noun.Verb is null
            ? new ZoomEventKind(name, ZoomEventKind.Operator, $"{{object}}: {noun.Rest} {{event}}[, by {{operator}}][, with {{people}}]")
            : new ZoomEventKind(name, ZoomEventKind.Operator, "{deed} {event}[, with {people}]");
    }

    /// <summary>Whether a name can stand in a sentence as it is.</summary>
    private static bool IsPlain(string name) => name.All(c => char.IsAsciiLetterLower(c) || char.IsAsciiDigit(c) || c is '_' or '.');
}
