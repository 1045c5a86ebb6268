using System.Text.Json.Serialization;

namespace SecureZoom.Functions.Zoom;

/// <summary>How Zoom's JSON is read and written.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    NumberHandling = JsonNumberHandling.AllowReadingFromString)]
[JsonSerializable(typeof(ZoomTokenResponse))]
[JsonSerializable(typeof(ZoomErrorResponse))]
[JsonSerializable(typeof(ZoomMeeting))]
[JsonSerializable(typeof(ZoomMeetingChange))]
[JsonSerializable(typeof(ZoomMeetingPage))]
[JsonSerializable(typeof(ZoomRecordings))]
[JsonSerializable(typeof(ZoomInstances))]
[JsonSerializable(typeof(ZoomParticipants))]
[JsonSerializable(typeof(ZoomUser))]
[JsonSerializable(typeof(ZoomUserToken))]
[JsonSerializable(typeof(ZoomStatusChange))]
[JsonSerializable(typeof(MeetingSettings))]
[JsonSerializable(typeof(MeetingRecurrence))]
internal sealed partial class ZoomJson : JsonSerializerContext;
