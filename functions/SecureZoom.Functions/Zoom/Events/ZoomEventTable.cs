using System.Collections.Frozen;

namespace SecureZoom.Functions.Zoom.Events;

/// <summary>The events whose sentence is written, by Zoom's names, and a general form for all others.</summary>
internal static class ZoomEventTable
{
    /// <summary>In the order of families.</summary>
    public static IReadOnlyList<ZoomEventKind> All { get; } = [.. MeetingEvents.All, .. RecordingEvents.All, .. AccountEvents.All];

    private static readonly FrozenDictionary<string, ZoomEventKind> ByName = All.ToFrozenDictionary(kind => kind.Name, StringComparer.Ordinal);

    /// <summary>Where a sentence names people, it does not name them again.</summary>
    private static readonly string[] Parts = ["{people|", "{requester|", "{requester}", "{invitee}"];

    public static ZoomEventKind Of(string name) => ByName.GetValueOrDefault(name) ?? General(name);

    /// <summary>What was done to what, as the name says; by the operator, where there is one.</summary>
    private static ZoomEventKind General(string name)
    {
        if (!IsPlain(name))
        {
            return new ZoomEventKind(name, ZoomEventKind.Operator, "Zoom sent {event}[, by {operator}]");
        }

        var about = EventNoun.Of(name);
        var phrase = EventPhrases.Of(about) ?? new EventPhrase($"{{object}}: {about.Rest} [, by {{operator}}]", $"{{object}}: {about.Rest}");
        return new ZoomEventKind(name, ZoomEventKind.Operator, Ended(phrase.Active)) { Passive = Ended(phrase.Passive) };
    }

    /// <summary>With the event's name, and whom else it names.</summary>
    private static string Ended(string tells)
    {
        var by = tells.IndexOf("[, by ", StringComparison.Ordinal) is >= 0 and var at ? at : tells.Length;
        var with = Parts.Any(part => tells.Contains(part, StringComparison.Ordinal)) ? "" : "[, with {people}]";
        return $"{tells[..by].TrimEnd()} {{event}}{tells[by..]}{with}";
    }

    /// <summary>Whether a name can stand in a sentence as it is.</summary>
    private static bool IsPlain(string name) => name.All(c => char.IsAsciiLetterLower(c) || char.IsAsciiDigit(c) || c is '_' or '.');
}
