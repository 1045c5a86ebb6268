namespace SecureZoom.Functions.Revocations;

/// <summary>What a record says of all the changes in it: see <see cref="EndedAccessChange"/>.</summary>
internal readonly record struct RecordedChange(DateTimeOffset At, string? Organization, string Reason, string By, string? With = null);
