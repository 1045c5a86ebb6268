using SecureZoom.Verification.Log;

namespace SecureZoom.Functions.Audit.Checkpoints;

/// <summary>What a witness has answered: one of these, or nothing that counts.</summary>
/// <param name="Cosignature">It has seen the checkpoint and signs that.</param>
/// <param name="Known">It knows another size of the tree than it was told.</param>
/// <param name="IsContradicted">It holds that the checkpoint does not go on from what it knows.</param>
/// <param name="Failure">Why there is no answer, for the log.</param>
internal sealed record WitnessReply(NoteSignature? Cosignature = null, long? Known = null, bool IsContradicted = false, string? Failure = null);
