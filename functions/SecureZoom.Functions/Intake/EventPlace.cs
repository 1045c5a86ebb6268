using SecureZoom.Functions.Audit.Recording;

namespace SecureZoom.Functions.Intake;

/// <summary>An organisation's trail, and what of an event belongs there.</summary>
/// <param name="IsElsewhere">Whether it says only that somebody acted on another organisation's.</param>
internal sealed record EventPlace(string Organization, AuditEvent AuditEvent, bool IsElsewhere = false);
