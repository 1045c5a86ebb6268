using SecureZoom.Functions.Zoom;

namespace SecureZoom.Functions.Meetings;

/// <summary>A meeting was created, its owner could not be written down, and it could not be deleted again.</summary>
internal sealed class UnfinishedCreateException(MeetingNumber number, Exception inner)
    : Exception("A meeting is left at Zoom whose owner is not written down yet.", inner)
{
    public MeetingNumber Number { get; } = number;
}
