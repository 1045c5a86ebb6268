using SecureZoom.Functions.Meetings;
using SecureZoom.Functions.Zoom;

namespace SecureZoom.Functions.Tests.Meetings;

/// <summary>What the trail keeps of what was asked of a meeting.</summary>
public sealed class MeetingDetailsTests
{
    [Fact]
    public void A_change_of_the_agenda_alone_is_one_and_its_text_is_not_kept()
    {
        var details = MeetingMapping.Details(new UpdateMeeting { Agenda = "the agenda's text" });

        Assert.Equal("""["agenda"]""", details["changed"]!.ToJsonString());
        Assert.DoesNotContain("text", details.ToJsonString(), StringComparison.Ordinal);
    }

    [Fact]
    public void Whatever_was_asked_for_is_named_as_Zoom_s_events_name_it() => Assert.Equal(
        ["topic", "agenda", "start_time", "duration", "timezone", "recurrence", "settings.waiting_room", "settings.alternative_hosts"],
        MeetingMapping.Details(new UpdateMeeting
        {
            Topic = "T",
            Agenda = "",
            StartTime = "2026-11-24T19:30:00",
            Duration = 45,
            Timezone = "America/New_York",
            Recurrence = new MeetingRecurrence { Type = 1 },
            Settings = new MeetingSettings { WaitingRoom = false, AlternativeHosts = "bob@acme.example" },
        })["changed"]!.AsArray().Select(name => (string)name!),
        StringComparer.Ordinal);
}
