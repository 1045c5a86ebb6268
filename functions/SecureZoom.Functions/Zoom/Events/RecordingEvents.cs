using static SecureZoom.Functions.Zoom.Events.ZoomEventKind;

namespace SecureZoom.Functions.Zoom.Events;

/// <summary>The events of recordings.</summary>
internal static class RecordingEvents
{
    public static IReadOnlyList<ZoomEventKind> All { get; } =
    [
        new("recording.started", Nobody, "a recording of {object} started"),
        new("recording.paused", Nobody, "a recording of {object} was paused"),
        new("recording.resumed", Nobody, "a recording of {object} was resumed"),
        new("recording.stopped", Nobody, "a recording of {object} was stopped"),
        new("recording.completed", Nobody, "a recording of {object}[ hosted by {host}] was completed"),
        new("recording.transcript_completed", Nobody, "a transcript of {object}[ hosted by {host}] was completed"),
        new("recording.archive_files_completed", Nobody, "the archive files of {object} were completed"),
        new("recording.renamed", Operator, "{actor} renamed the recording of {object}"),
        new("recording.trashed", Operator, "{actor} moved recordings of {object} to the trash"),
        new("recording.recovered", Operator, "{actor} recovered recordings of {object}"),
        new("recording.deleted", Operator, "{actor} deleted recordings of {object} for good"),
        new("recording.batch_trashed", Operator, "{actor} moved the recordings of {meetings} to the trash"),
        new("recording.batch_recovered", Operator, "{actor} recovered recordings of {meetings}"),
        new("recording.batch_deleted", Operator, "{actor} deleted recordings of {meetings} for good"),
        new("recording.registration_created", "registrant", "{actor} registered to see a recording of {object}"),
        new("recording.registration_approved", Operator, "{actor} approved the registration of {registrant} for a recording of {object}"),
        new("recording.registration_denied", Operator, "{actor} denied the registration of {registrant} for a recording of {object}")
        {
            Passive = "the registration of {registrant} for a recording of {object} was denied",
        },
        new("recording.cloud_storage_usage_updated", Nobody, "the account's use of cloud storage changed[ to {storage_used_percentage} %]"),
    ];
}
