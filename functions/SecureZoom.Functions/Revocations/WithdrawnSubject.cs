using System.Security.Cryptography;
using System.Text;

namespace SecureZoom.Functions.Revocations;

/// <summary>What is withdrawn.</summary>
/// <param name="Key">Its kind and its id, which no other kind shares.</param>
public readonly record struct WithdrawnSubject(string Key)
{
    /// <summary>One invitation, by its id.</summary>
    public static WithdrawnSubject Invitation(string id) => new($"invitation:{id}");

    /// <summary>All invitations to a meeting, by its registration.</summary>
    public static WithdrawnSubject Meeting(string registration) => new($"meeting:{registration}");

    /// <summary>All invitations to an organisation's meetings: its hash, since the row outlives whatever names one that has left.</summary>
    public static WithdrawnSubject Owner(string organization) =>
        new($"owner:{Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(organization)))}");
}
