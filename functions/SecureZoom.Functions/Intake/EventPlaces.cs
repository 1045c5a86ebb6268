using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using SecureZoom.Functions.Audit.Recording;
using SecureZoom.Functions.Audit.Trail;
using SecureZoom.Functions.Authorization;
using SecureZoom.Functions.Identity;
using SecureZoom.Functions.Meetings;
using SecureZoom.Functions.Storage;
using SecureZoom.Functions.Zoom;
using SecureZoom.Functions.Zoom.Events;

namespace SecureZoom.Functions.Intake;

/// <summary>
/// Whose an event is: that of its meeting, by number or by uuid; else, by the addresses of whom it is about, of the host, of the operator,
/// which it names, or Zoom does by their ids. An operator of another organisation has in its trail that he acted on one, and nothing more.
/// </summary>
public sealed class EventPlaces(
    MeetingRegistry registry,
    MeetingUuids uuids,
    MeetingEchoes echoes,
    OrganizationDomains domains,
    ZoomAccounts zoom,
    ZoomUsers users,
    GroupPermissions permissions)
{
    /// <summary>The places, and whether they may still change: the meeting may not be written down yet.</summary>
    /// <exception cref="StorageUnavailableException">Whose a domain is cannot be said now.</exception>
    /// <exception cref="ZoomException">Zoom does not say now who somebody is: the queue brings the event again.</exception>
    internal async Task<(IReadOnlyList<EventPlace> Places, bool Settled)> FindAsync(AuditEvent auditEvent, CancellationToken cancellationToken)
    {
        if (auditEvent.Organization is { } known)
        {
            return ([new EventPlace(known, auditEvent)], true);
        }

        if (zoom.Find(auditEvent.AccountId) is not { } account)
        {
            return ([new EventPlace(OrganizationId.Unassigned, auditEvent)], true);
        }

        if (auditEvent.Whose is { IsAccounts: true })
        {
            // Whoever took the app out: Zoom tells us nothing any more.
            var told = auditEvent.Action == ZoomEventNames.AppDeauthorized ? auditEvent : await NameOperatorAsync(account, auditEvent, cancellationToken);
            return (OfAccount(account, told), true);
        }

        var (places, settled) = (new List<EventPlace>(), true);
        var named = await NameOperatorAsync(account, auditEvent, cancellationToken);
        foreach (var (organization, isSettled, part) in await PartsAsync(account, named, cancellationToken))
        {
            places.AddRange(await PlaceAsync(account, organization, part, cancellationToken));
            settled &= isSettled;
        }

        return ([.. places.DistinctBy(place => (place.Organization, place.IsElsewhere))], settled);
    }

    /// <summary>An event of an organisation's, with its host named; and what its operator's trail says, where that is another's.</summary>
    internal async Task<IReadOnlyList<EventPlace>> PlaceAsync(string organization, AuditEvent auditEvent, CancellationToken cancellationToken) =>
        zoom.Find(auditEvent.AccountId) is { } account
            ? await PlaceAsync(account, organization, auditEvent, cancellationToken)
            : [new EventPlace(organization, auditEvent)];

    private async Task<IReadOnlyList<EventPlace>> PlaceAsync(
        ZoomAccount account, string organization, AuditEvent auditEvent, CancellationToken cancellationToken)
    {
        var named = await UnnamedPeople.NameAsync(
            await NameHostAsync(account, organization, auditEvent, cancellationToken), id => users.FindAddressAsync(account, id, cancellationToken));
        var place = new EventPlace(organization, await echoes.MarkAsync(organization, named, cancellationToken));
        return organization != OrganizationId.Unassigned
            && await OwnerOfAsync(account, auditEvent.Whose?.Operator, cancellationToken) is { } other && other != organization
            ? [place, new EventPlace(other, Elsewhere(auditEvent, other), IsElsewhere: true)]
            : [place];
    }

    /// <summary>Those who operate the account, and the organisation that has it to itself.</summary>
    private IReadOnlyList<EventPlace> OfAccount(ZoomAccount account, AuditEvent auditEvent)
    {
        string[] organizations = [.. new[] { permissions.OperatorOrganization, account.OnlyOrganization }.OfType<string>().Distinct()];
        return [.. organizations.DefaultIfEmpty(OrganizationId.Unassigned).Select(organization => new EventPlace(organization, auditEvent))];
    }

    /// <summary>The event with its organisation; one for each, of one that is about several meetings by their uuids.</summary>
    private async Task<IReadOnlyList<(string Organization, bool Settled, AuditEvent Part)>> PartsAsync(
        ZoomAccount account, AuditEvent auditEvent, CancellationToken cancellationToken)
    {
        if (MeetingNumber.TryParse(auditEvent.Meeting, spaced: false, out var numbered))
        {
            var (owner, isSettled) = await OwnerAsync(account, auditEvent, new MeetingInstance(numbered, Organization: null), cancellationToken);
            return [(owner, isSettled, auditEvent)];
        }

        if (auditEvent.Whose?.MeetingUuids is not { Count: > 0 } named)
        {
            var (owner, _) = await OwnerAsync(account, auditEvent, meeting: null, cancellationToken);
            return [(owner, true, auditEvent)];
        }

        var meetings = new List<(string Uuid, string? Number, string Owner, bool Settled)>();
        foreach (var uuid in named)
        {
            var meeting = await uuids.FindAsync(account.AccountId, uuid, cancellationToken);
            var (owner, isSettled) = await OwnerAsync(account, auditEvent, meeting, cancellationToken);
            meetings.Add((uuid, meeting?.Number.ToString(), owner, isSettled));
        }

        return meetings is [var only]
            ? [(only.Owner, only.Settled, auditEvent with { Meeting = only.Number ?? auditEvent.Meeting })]
            : [.. meetings.GroupBy(meeting => meeting.Owner).Select(group => (group.Key, group.All(meeting => meeting.Settled), SeveralMeetings.Only(
                auditEvent,
                [.. group.Select(meeting => (meeting.Uuid, meeting.Number))])))];
    }

    /// <summary>Whose a meeting is, and whether that may not change any more; by the addresses where it is none, or none of the registry's.</summary>
    private async Task<(string Organization, bool Settled)> OwnerAsync(
        ZoomAccount account, AuditEvent auditEvent, MeetingInstance? meeting, CancellationToken cancellationToken)
    {
        // A deletion must find its meeting, whose create may be under way, even where only one organisation can have it.
        if (account.OnlyOrganization is { } only && auditEvent.Action != ZoomEventNames.MeetingDeleted)
        {
            return (only, true);
        }

        // A number may be another meeting's by now, an instance never is.
        if (meeting is not null
            && (meeting.Organization
                ?? await registry.FindOwnerAsync(account.AccountId, meeting.Number, cancellationToken)
                ?? await OwnerOfInstanceAsync(account, auditEvent.Whose, cancellationToken)) is { } owner)
        {
            return (owner, true);
        }

        // Webinars are none of ours.
        return (
            account.OnlyOrganization ?? await OwnerByPeopleAsync(account, auditEvent.Whose, cancellationToken) ?? OrganizationId.Unassigned,
            auditEvent.Target?.Type == "webinar");
    }

    /// <summary>In whose trail an instance began of a meeting that the registry does not have.</summary>
    private async Task<string?> OwnerOfInstanceAsync(ZoomAccount account, EventOwner? whose, CancellationToken cancellationToken) =>
        whose?.MeetingUuids is [var uuid] ? (await uuids.FindAsync(account.AccountId, uuid, cancellationToken))?.Organization : null;

    private async Task<string?> OwnerByPeopleAsync(ZoomAccount account, EventOwner? whose, CancellationToken cancellationToken) =>
        await OwnerOfAsync(account, whose?.Subject ?? await users.FindAddressAsync(account, whose?.SubjectId, cancellationToken), cancellationToken)
        ?? await OwnerOfAsync(account, whose?.Host ?? await users.FindAddressAsync(account, whose?.HostId, cancellationToken), cancellationToken)
        ?? await OwnerOfAsync(account, whose?.Operator ?? await users.FindAddressAsync(account, whose?.OperatorId, cancellationToken), cancellationToken);

    /// <summary>The organisation of an address, if the account is one of its.</summary>
    private async Task<string?> OwnerOfAsync(ZoomAccount account, string? address, CancellationToken cancellationToken) =>
        account.OnlyOrganization is null
        && EmailAddress.Parse(address) is { } email
        && await domains.OwnerOfAsync(email, cancellationToken) is { } owner
        && zoom.Serving(owner)?.AccountId == account.AccountId
            ? owner
            : null;

    /// <summary>Zoom names some operators by an id alone, that says nothing to a reader. Nothing waits for the name, only for an owner.</summary>
    private async Task<AuditEvent> NameOperatorAsync(ZoomAccount account, AuditEvent auditEvent, CancellationToken cancellationToken)
    {
        if (auditEvent is not { Actor: { Type: AuditActorTypes.ZoomUser, Email: null, Subject: { } id } actor, Whose: { Operator: null } whose })
        {
            return auditEvent;
        }

        return await TryFindAddressAsync(account, id, cancellationToken) is { } address
            ? auditEvent with { Actor = actor with { Email = address }, Whose = whose with { Operator = address } }
            : auditEvent with { Whose = whose with { OperatorId = id } };
    }

    /// <summary>Nor does a host's.</summary>
    private async Task<AuditEvent> NameHostAsync(ZoomAccount account, string organization, AuditEvent auditEvent, CancellationToken cancellationToken) =>
        ZoomEventTable.Of(auditEvent.Action).NamesHost
        && ZoomDetails.Find(auditEvent.Details, "host_email") is null
        && organization != OrganizationId.Unassigned
        && await FindHostAsync(account, organization, auditEvent, cancellationToken) is { } host
            ? auditEvent with { Details = With(auditEvent.Details, "host_email", host) }
            : auditEvent;

    /// <summary>As the registry knows him; of a meeting that it does not have, as Zoom was asked already to find its organisation.</summary>
    private async Task<string?> FindHostAsync(ZoomAccount account, string organization, AuditEvent auditEvent, CancellationToken cancellationToken) =>
        MeetingNumber.TryParse(auditEvent.Meeting, spaced: false, out var number)
        && await registry.FindPastAsync(organization, number, cancellationToken) is { } known
            ? known.Snapshot.HostEmail
            : account.OnlyOrganization is null ? await TryFindAddressAsync(account, auditEvent.Whose?.HostId, cancellationToken) : null;

    /// <summary>A user's address; null also where Zoom does not tell it now.</summary>
    private async Task<string?> TryFindAddressAsync(ZoomAccount account, string? id, CancellationToken cancellationToken)
    {
        try
        {
            return await users.FindAddressAsync(account, id, cancellationToken);
        }
        catch (ZoomException) when (!cancellationToken.IsCancellationRequested)
        {
            return null;
        }
    }

    private static JsonObject With(JsonObject? details, string name, string value)
    {
        var copy = details?.DeepClone().AsObject() ?? [];
        copy[name] = value;
        return copy;
    }

    /// <summary>That he acted, and on what kind of thing; nothing of the other organisation's.</summary>
    private static AuditEvent Elsewhere(AuditEvent auditEvent, string organization) => new()
    {
        Id = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes($"{auditEvent.Id}\n{organization}")).AsSpan(0, 16)),
        OccurredAt = auditEvent.OccurredAt,
        ReceivedAt = auditEvent.ReceivedAt,
        AccountId = auditEvent.AccountId,
        Actor = new AuditActor { Type = AuditActorTypes.ZoomUser, Email = auditEvent.Whose?.Operator },
        Action = auditEvent.Action,
        Target = auditEvent.Target is { } target ? new AuditTarget(target.Type) : null,
        Outcome = auditEvent.Outcome,
        Reason = AuditReasons.OtherOrganization,
        Source = auditEvent.Source,
    };
}
