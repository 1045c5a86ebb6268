namespace SecureZoom.Functions.Audit.Recording;

/// <summary>Which of an instance's events it is. None is left out, so that one which never comes is missed.</summary>
/// <param name="Origin">The start of an instance, 32 random hex digits.</param>
/// <param name="Stream">The organisation where it is known, else <c>account:{id}</c> or <c>source:{name}</c>.</param>
/// <param name="Number">1, 2, 3, ... in the stream.</param>
/// <param name="At">When it was given.</param>
/// <param name="GaveUp">How many numbers in front of it went with messages that the queue did not take.</param>
public sealed record EventNumber(string Origin, string Stream, long Number, DateTimeOffset At, long GaveUp = 0)
{
    /// <summary>The stream of an event; one for two trails is numbered in its actor's.</summary>
    public static string StreamOf(AuditEvent auditEvent) =>
        auditEvent.Organization ?? (auditEvent.AccountId is { } account ? $"account:{account}" : $"source:{auditEvent.Source}");

    /// <summary>The organisation of a stream; null where it is that of an account or a source.</summary>
    public static string? OrganizationOf(string stream) => stream.Contains(':', StringComparison.Ordinal) ? null : stream;
}
