using System.Net;
using System.Net.Http.Headers;
using SecureZoom.Functions.Identity;

namespace SecureZoom.Operator.Checkup;

internal sealed class HostCheck : ICheck
{
    private const int UserNotFound = 1001;

    public string Subject => "Zoom: whoever asks, as a host";

    public string Remedy => "Give the person a user with that address in the Zoom account of their organisation: a host is who has the meeting's address at Zoom.";

    public async Task<Verdict> LookAsync(Patient patient, CancellationToken cancellationToken)
    {
        if (await FindAsync(patient, cancellationToken) is not { Organization.Id: { } organization, VerifiedEmail: { } email })
        {
            return Verdict.NotLookedAt("a token names an organisation and a verified address");
        }

        if ((await patient.ZoomAccountsAsync(cancellationToken)).Serving(organization) is not { } account)
        {
            return Verdict.Wrong($"no Zoom account serves {organization}");
        }

        if ((await patient.AskZoomAsync(account, cancellationToken)).Token is not { } token)
        {
            return Verdict.NotLookedAt("Zoom tells with a token alone");
        }

        // What hosting needs: the answer is the person's own key, and is not read.
        using var request = new HttpRequestMessage(HttpMethod.Get, new Uri(patient.Zoom.ApiBaseUrl, $"users/{Uri.EscapeDataString(email.Text)}/token?type=zak"));
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token);
        using var response = await patient.Http.SendAsync(request, cancellationToken);
        return response.StatusCode == HttpStatusCode.OK ? Verdict.Right($"the person is a user of {account.AccountId}")
            : (int?)(await Patient.ReadAsync(response, cancellationToken))?["code"] == UserNotFound ? Verdict.Wrong($"{account.AccountId} has no user of that address")
            : Verdict.Wrong($"Zoom answers {(int)response.StatusCode} to who the person is in {account.AccountId}");
    }

    private static async Task<VerifiedToken?> FindAsync(Patient patient, CancellationToken cancellationToken)
    {
        try
        {
            return patient.Token is null ? null : await TokenCheck.ValidateAsync(patient, cancellationToken);
        }
        catch (IdentityException)
        {
            return null;
        }
    }
}
