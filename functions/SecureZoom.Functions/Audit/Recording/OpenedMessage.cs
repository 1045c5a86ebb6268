namespace SecureZoom.Functions.Audit.Recording;

/// <summary>What a message holds.</summary>
/// <param name="Entries">The lines that carry our seal, each once.</param>
/// <param name="Foreign">All others together; the message as it came, where none does.</param>
internal sealed record OpenedMessage(IReadOnlyList<SealedEntry> Entries, byte[] Foreign);
