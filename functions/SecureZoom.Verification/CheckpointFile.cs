using System.Text.Json.Serialization;

namespace SecureZoom.Verification;

/// <summary>A checkpoint as it is kept and served.</summary>
/// <param name="Note">The signed note (c2sp.org/tlog-checkpoint).</param>
/// <param name="Jws">See <see cref="CheckpointJws"/>: the same text, signed with its time.</param>
/// <param name="Cosignatures">Witnesses' lines below the note's own; null where there are none. They are kept apart, for they come later.</param>
public sealed record CheckpointFile(string Note, string Jws, IReadOnlyList<string>? Cosignatures = null)
{
    /// <summary>The number of the place in which it was found, where that is known: it has to be the one that it was signed for.</summary>
    [JsonIgnore]
    public long? Number { get; init; }

    /// <summary>What is signed: the note without its signatures.</summary>
    [JsonIgnore]
    public string Text => Note.LastIndexOf("\n\n", StringComparison.Ordinal) is var end and >= 0 ? Note[..(end + 1)] : "";
}
