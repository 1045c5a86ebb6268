using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using SecureZoom.Sandbox.Identity;

namespace SecureZoom.Sandbox.Zoom;

/// <summary>A user of the Zoom account.</summary>
/// <param name="Email">The address, the same as at the identity provider.</param>
/// <param name="Name">Given and family name.</param>
/// <param name="IsLicensed">Only licensed users can be alternative hosts.</param>
internal sealed record ZoomUser(string Email, string Name, bool IsLicensed)
{
    public static IReadOnlyList<ZoomUser> All { get; } =
    [
        From(Accounts.Alice, isLicensed: true),
        From(Accounts.Bob, isLicensed: false),
        From(Accounts.Carol, isLicensed: true),
        From(Accounts.Dave, isLicensed: true),
    ];

    /// <summary>Zoom's form of a user id: 22 characters, always the same for an address.</summary>
    public string Id =>
        Base64Url.EncodeToString(SHA256.HashData(Encoding.UTF8.GetBytes(Email)).AsSpan(0, 16));

    private static ZoomUser From(Account account, bool isLicensed) => new(account.Email, account.Name, isLicensed);
}
