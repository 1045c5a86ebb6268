using SecureZoom.Functions.Audit.Recording;
using SecureZoom.Functions.Zoom;

namespace SecureZoom.Functions.Meetings;

/// <summary>Why a change of a meeting failed, in the trail's words.</summary>
internal static class FailureReasons
{
    public static string Of(Exception exception) => exception switch
    {
        ZoomException { Error: var error } => Of(error),
        UnfinishedCreateException => AuditReasons.NotUndone,
        MeetingNotFoundException => AuditReasons.MeetingNotFound,
        OccurrenceNotFoundException => AuditReasons.OccurrenceNotFound,
        _ => AuditReasons.Unavailable,
    };

    private static string Of(ZoomError error) => error switch
    {
        ZoomError.NotFound => AuditReasons.ZoomNotFound,
        ZoomError.Conflict => AuditReasons.ZoomConflict,
        ZoomError.Refused => AuditReasons.ZoomRefused,
        ZoomError.RateLimited => AuditReasons.ZoomRateLimited,
        ZoomError.NoAccount => AuditReasons.ZoomNoAccount,
        ZoomError.Unavailable => AuditReasons.ZoomUnavailable,
        _ => AuditReasons.ZoomBadGateway,
    };
}
