using System.Text.Json.Serialization;

namespace SecureZoom.Verification;

/// <summary>A checkpoint as it is kept and served.</summary>
/// <param name="Note">The signed note (c2sp.org/tlog-checkpoint).</param>
/// <param name="Jws">See <see cref="CheckpointJws"/>: the same text, signed with its time.</param>
public sealed record CheckpointFile(string Note, string Jws)
{
    /// <summary>What is signed: the note without its signatures.</summary>
    [JsonIgnore]
    public string Text => Note.LastIndexOf("\n\n", StringComparison.Ordinal) is var end and >= 0 ? Note[..(end + 1)] : "";
}
