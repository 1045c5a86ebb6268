using SecureZoom.Functions.Zoom;

namespace SecureZoom.Functions.Meetings;

/// <summary>What is known of a meeting, or a webinar, by the uuid of an instance.</summary>
/// <param name="Organization">In whose trail it began; null where that was not kept.</param>
public sealed record MeetingInstance(MeetingNumber Number, string? Organization);
