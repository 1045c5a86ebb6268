namespace SecureZoom.Functions.Zoom;

/// <summary>The caller's organisation has no such meeting: 404, whether it exists elsewhere or not.</summary>
/// <param name="number">The number as it was typed.</param>
public sealed class MeetingNotFoundException(string number) : Exception("No such meeting in the caller's organisation.")
{
    private const int MaxLength = 64;

    public string Number { get; } = number.Length <= MaxLength ? number : number[..MaxLength];
}
