using System.Text.Json.Serialization;
using SecureZoom.Functions.Zoom;

namespace SecureZoom.Functions.Meetings;

/// <summary>How the JSON of meetings is read and written: its members have Zoom's own names.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(CreateMeeting))]
[JsonSerializable(typeof(UpdateMeeting))]
[JsonSerializable(typeof(MeetingView))]
[JsonSerializable(typeof(MeetingList))]
[JsonSerializable(typeof(RecordingList))]
[JsonSerializable(typeof(ParticipantList))]
[JsonSerializable(typeof(StatusAnswer))]
[JsonSerializable(typeof(PasscodeAnswer))]
[JsonSerializable(typeof(MeetingSnapshot))]
[JsonSerializable(typeof(MeetingOperation[]))]
internal sealed partial class MeetingJson : JsonSerializerContext;
