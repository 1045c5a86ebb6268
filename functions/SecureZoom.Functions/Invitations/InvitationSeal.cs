using System.Text.Json;
using System.Text.Json.Serialization;
using SecureZoom.Functions.Authorization;
using SecureZoom.Functions.Identity;
using SecureZoom.Functions.Revocations;
using SecureZoom.Functions.Secrets;
using SecureZoom.Functions.Storage;
using SecureZoom.Functions.Zoom;

namespace SecureZoom.Functions.Invitations;

/// <summary>Seals invitations and opens them again: nothing is asked for it, so that an invitation works while everything else is down.</summary>
public sealed class InvitationSeal(SecretStore secrets, WithdrawalList withdrawals, EndedAccessList ended, ZoomAccounts zoom, TimeProvider time)
{
    private const string Type = "invitation";
    private const int MaxLength = 8 * 1024;

    public async Task<string> SealAsync(Invitation invitation, CancellationToken cancellationToken)
    {
        var key = await secrets.SealingAsync(SecretNames.GrantKey, cancellationToken);
        return Jwe.Seal(JsonSerializer.SerializeToUtf8Bytes(invitation, SealedInvitationJson.Default.Invitation), Type, key);
    }

    /// <summary>The invitation, if it is ours, has not ended, is not withdrawn and is made out to the caller.</summary>
    /// <exception cref="AccessException">It is not; it says which, and of the meeting nothing.</exception>
    /// <exception cref="MeetingNotFoundException">It is for another meeting.</exception>
    /// <exception cref="IdentityException">The caller's access has ended in the meeting's organisation, whichever they come from.</exception>
    /// <exception cref="StorageUnavailableException">Whether it is withdrawn, or the access has ended, was not read for a minute.</exception>
    public async Task<Invitation> OpenAsync(string token, Caller caller, MeetingNumber meeting, CancellationToken cancellationToken)
    {
        var keys = await secrets.AllAsync(SecretNames.GrantKey, cancellationToken);
        var invitation = token.Length <= MaxLength && Jwe.Open(token, Type, keys) is { } plain ? Read(plain) : null;
        if (invitation is null)
        {
            throw Refusal(InvitationFaults.Damaged, "The invitation is not whole, or not ours.");
        }

        if (invitation.Expires <= time.GetUtcNow())
        {
            throw Refusal(InvitationFaults.Expired, "The invitation has ended.");
        }

        if (!invitation.IsFor(caller))
        {
            throw Refusal(InvitationFaults.NotYours, "The invitation is made out to somebody else.");
        }

        if (await withdrawals.ContainsAsync(invitation.Issued, SubjectsOf(invitation), cancellationToken))
        {
            throw Refusal(InvitationFaults.Withdrawn, "The invitation was withdrawn.");
        }

        // Taken out with the customer: another account's app would sign for a number that is somebody else's there.
        if (AccountOf(invitation) is null)
        {
            throw Refusal(InvitationFaults.Withdrawn, "The account that the meeting is in is not set up any more.");
        }

        if (await ended.HasEndedAsync(caller.AccessIn(invitation.Owner), anyAge: false, cancellationToken))
        {
            throw new IdentityException(IdentityError.Revoked, "Revoked where the meeting is.");
        }

        return invitation.Meeting == meeting.Value ? invitation : throw new MeetingNotFoundException(meeting.ToString());
    }

    /// <summary>The account that signs for an invitation; null where it is not set up any more. Asks nobody.</summary>
    /// <exception cref="StorageUnavailableException">Customers were never read.</exception>
    public ZoomAccount? AccountOf(Invitation invitation) =>
        invitation.AccountId is { } account ? zoom.Find(account) : zoom.Serving(invitation.Owner);

    private static AccessException Refusal(string fault, string detail) => new(AccessError.InvalidInvitation, detail) { InvitationFault = fault };

    /// <summary>Null for what an earlier version of this app has sealed, when an invitation was something else.</summary>
    private static Invitation? Read(byte[] plain)
    {
        try
        {
            return JsonSerializer.Deserialize(plain, SealedInvitationJson.Default.Invitation);
        }
        catch (JsonException)
        {
            return null;
        }
    }

    /// <summary>What may have been withdrawn: this one, all to its meeting, or all of an organisation that has left.</summary>
    private static WithdrawnSubject[] SubjectsOf(Invitation invitation) =>
        [WithdrawnSubject.Invitation(invitation.Id), WithdrawnSubject.Meeting(invitation.Registration), WithdrawnSubject.Owner(invitation.Owner)];
}

/// <summary>How invitations are written.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(Invitation))]
internal sealed partial class SealedInvitationJson : JsonSerializerContext;
