namespace SecureZoom.Functions.Secrets;

/// <summary>Secrets whose names no setting changes.</summary>
internal static class SecretNames
{
    public const string GrantKey = "grant-key";
    public const string CursorKey = "cursor-key";
    public const string AuditMessageKey = "audit-message-key";
    public const string AuditCheckpointKey = "audit-checkpoint-key";
    public const string AuditNoteKey = "audit-note-key";
    public const string StorageSealKey = "storage-seal-key";
}
