namespace SecureZoom.Functions.Meetings;

/// <summary>The caller's organisation has no such meeting: 404, whether it exists elsewhere or not.</summary>
/// <param name="wanted">The number as it was typed.</param>
public sealed class MeetingNotFoundException(string wanted) : Exception("No such meeting in the caller's organisation.")
{
    private const int MaxLength = 64;

    public string Wanted { get; } = wanted.Length <= MaxLength ? wanted : wanted[..MaxLength];
}
