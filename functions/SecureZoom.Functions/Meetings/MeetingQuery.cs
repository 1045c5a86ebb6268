using System.Globalization;
using SecureZoom.Functions.Identity;

namespace SecureZoom.Functions.Meetings;

/// <summary>Which meetings of an organisation are asked for.</summary>
/// <param name="When"><c>now</c>, <c>upcoming</c> or <c>past</c>; null for those that are not past.</param>
/// <param name="From">Listed under this time or a later one.</param>
/// <param name="To">Listed under an earlier time.</param>
/// <param name="IsMine">Whether only those that an address hosts.</param>
/// <param name="Host">The address; null hosts nothing.</param>
/// <param name="Text">What the topic has in it, in any case.</param>
public sealed record MeetingQuery(string? When, DateTimeOffset? From, DateTimeOffset? To, bool IsMine, EmailAddress? Host, string? Text)
{
    internal const string Now = "now";
    internal const string Upcoming = "upcoming";
    internal const string Past = "past";

    /// <summary>Whether rows have to be looked at that are not answered.</summary>
    internal bool Searches => IsMine || Text is not null;

    /// <summary>The sections of the list in their order; before those that wait, and those that are past, are series that are behind their time, which may come among them.</summary>
    internal IReadOnlyList<string> Sections => When switch
    {
        Now => [MeetingPlaces.Running],
        Upcoming => [MeetingPlaces.Due, MeetingPlaces.Waiting],
        Past => [MeetingPlaces.Due, MeetingPlaces.Past],
        _ => [MeetingPlaces.RunningAndDue, MeetingPlaces.Waiting],
    };

    /// <summary>The query in one text, which a cursor is good for.</summary>
    internal string Scope => string.Create(CultureInfo.InvariantCulture, $"{When}|{From:O}|{To:O}|{(IsMine ? Host?.Text ?? "?" : "")}|{Text}");

    internal bool Matches(RegisteredMeeting meeting) =>
        (!IsMine || (Host is { } host && meeting.IsHost(host)))
        && (Text is null || meeting.Snapshot.Topic?.Contains(Text, StringComparison.OrdinalIgnoreCase) == true);
}
