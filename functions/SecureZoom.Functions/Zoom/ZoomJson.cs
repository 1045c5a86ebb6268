using System.Text.Json.Serialization;
using SecureZoom.Functions.Meetings;

namespace SecureZoom.Functions.Zoom;

/// <summary>How Zoom's JSON, and what of ours carries Zoom's names, is read and written.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(ZoomTokenAnswer))]
[JsonSerializable(typeof(ZoomErrorAnswer))]
[JsonSerializable(typeof(ZoomMeeting))]
[JsonSerializable(typeof(ZoomMeetingChange))]
[JsonSerializable(typeof(ZoomMeetingPage))]
[JsonSerializable(typeof(ZoomRecordings))]
[JsonSerializable(typeof(ZoomUserToken))]
[JsonSerializable(typeof(ZoomStatusChange))]
[JsonSerializable(typeof(CreateMeeting))]
[JsonSerializable(typeof(UpdateMeeting))]
[JsonSerializable(typeof(MeetingView))]
[JsonSerializable(typeof(MeetingList))]
[JsonSerializable(typeof(RecordingList))]
[JsonSerializable(typeof(MeetingSettings))]
[JsonSerializable(typeof(MeetingSnapshot))]
internal sealed partial class ZoomJson : JsonSerializerContext;
