namespace SecureZoom.Functions.Revocations;

/// <summary>What is withdrawn.</summary>
/// <param name="Key">Its kind and its id, which no other kind shares.</param>
public readonly record struct WithdrawnSubject(string Key)
{
    /// <summary>One invitation, by its id.</summary>
    public static WithdrawnSubject Invitation(string id) => new($"invitation:{id}");

    /// <summary>All invitations to a meeting, by its registration.</summary>
    public static WithdrawnSubject Meeting(string registration) => new($"meeting:{registration}");
}
