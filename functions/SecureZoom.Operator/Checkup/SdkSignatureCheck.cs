using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using SecureZoom.Functions.Signature;
using SecureZoom.Functions.Zoom;

namespace SecureZoom.Operator.Checkup;

internal sealed class SdkSignatureCheck : ICheck
{
    private const int ShortestSecret = 16;

    private static readonly TimeSpan Lifetime = TimeSpan.FromHours(2);

    public string Subject => "Zoom: Meeting SDK app";

    public string Remedy => "Copy client id and client secret of the Meeting SDK app (not SDK key and secret, and not the Server-to-Server app's) from its page at marketplace.zoom.us.";

    public async Task<Verdict> LookAsync(Patient patient, CancellationToken cancellationToken)
    {
        var wrong = new List<string>();
        foreach (var account in (await patient.ZoomAccountsAsync(cancellationToken)).All)
        {
            if (account.SdkClientId == account.ClientId)
            {
                wrong.Add($"{account.AccountId}: it has the client id of the Server-to-Server app");
            }

            if (await patient.FindSecretAsync(account.SdkClientSecretName, cancellationToken) is not { } secret)
            {
                wrong.Add($"{account.AccountId}: there is no secret {account.SdkClientSecretName}");
            }
            else if (secret.Length < ShortestSecret || secret.Any(char.IsWhiteSpace))
            {
                wrong.Add($"{account.AccountId}: {account.SdkClientSecretName} is shorter than Zoom's, or has spaces in it");
            }
            else if (Problem(account, secret, patient.Time.GetUtcNow()) is { } problem)
            {
                wrong.Add($"{account.AccountId}: a signature {problem}");
            }
        }

        return Verdict.Of(wrong, "signatures are as Zoom wants them; whether Zoom knows client and secret, only joining a meeting tells");
    }

    /// <summary>What is wrong with a signature that is minted as the app mints them, taken apart as Zoom takes it.</summary>
    private static string? Problem(ZoomAccount account, string secret, DateTimeOffset now)
    {
        MeetingNumber.TryParse("12345678901", spaced: false, out var number);
        var parts = MeetingSignature.Mint(account.SdkClientId, secret, number, MeetingRole.Participant, now, now + Lifetime, webRtc: true).Split('.');
        var mac = HMACSHA256.HashData(Encoding.UTF8.GetBytes(secret), Encoding.ASCII.GetBytes($"{parts[0]}.{parts[1]}"));
        if (Base64Url.EncodeToString(mac) != parts[2])
        {
            return "does not verify";
        }

        var claims = JsonNode.Parse(Base64Url.DecodeFromChars(parts[1]))!;
        var life = (long)claims["exp"]! - (long)claims["iat"]!;
        return (string?)claims["appKey"] != account.SdkClientId ? "names another client"
            : life is < 1800 or > 48 * 3600 ? "lives too short, or too long"
            : null;
    }
}
