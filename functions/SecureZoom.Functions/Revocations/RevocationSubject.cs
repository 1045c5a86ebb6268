namespace SecureZoom.Functions.Revocations;

/// <summary>What a revocation is of.</summary>
/// <param name="Key">Its kind and its id, which no other kind shares.</param>
public readonly record struct RevocationSubject(string Key)
{
    /// <summary>One invitation, by its id.</summary>
    public static RevocationSubject Invitation(string id) => new($"invitation:{id}");

    /// <summary>All invitations to a meeting, by its registration.</summary>
    public static RevocationSubject Meeting(string registration) => new($"meeting:{registration}");
}
