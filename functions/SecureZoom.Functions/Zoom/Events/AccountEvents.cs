using static SecureZoom.Functions.Zoom.Events.ZoomEventKind;

namespace SecureZoom.Functions.Zoom.Events;

/// <summary>The events of users, groups, accounts and apps.</summary>
internal static class AccountEvents
{
    private const string User = "user";

    public static IReadOnlyList<ZoomEventKind> All { get; } =
    [
        new("user.created", Operator, "{actor} created {object}"),
        new("user.updated", Operator, "{actor} changed {changes}{object}"),
        new("user.deleted", Operator, "{actor} deleted {object}"),
        new("user.activated", Operator, "{actor} activated {object}"),
        new("user.deactivated", Operator, "{actor} deactivated {object}"),
        new("user.disassociated", Operator, "{actor} took {object} out of the account"),
        new("user.settings_updated", Operator, "{actor} changed {changes}the settings of {object}"),
        new("user.invitation_accepted", Nobody, "the invitation of {object} to the account was accepted"),
        new("user.signed_in", User, "{actor} signed in at Zoom[ on {client_type}]"),
        new("user.signed_out", User, "{actor} signed out at Zoom[ on {client_type}]"),
        new("user.personal_notes_updated", Nobody, "the personal note of {object} changed"),
        new("user.presence_status_updated", Nobody, "the presence of {object} changed[ to {presence_status}]"),
        new("user.tsp_created", Operator, "{actor} gave {object} an audio bridge"),
        new("user.tsp_updated", Operator, "{actor} changed the audio bridge of {object}"),
        new("user.tsp_deleted", Operator, "{actor} took the audio bridge from {object}"),
        new("group.created", Operator, "{actor} created {object}"),
        new("group.updated", Operator, "{actor} changed {changes}{object}"),
        new("group.deleted", Operator, "{actor} deleted {object}"),
        new("group.member_added", Operator, "{actor} added {members} to {object}"),
        new("group.members_deleted", Operator, "{actor} removed {members} from {object}"),
        new("group.admin_added", Operator, "{actor} gave the administration of {object} to {admins}"),
        new("group.admin_deleted", Operator, "{actor} took the administration of {object} from {admins}"),
        new("group.settings_updated", Operator, "{actor} changed {changes}the settings of {object}"),
        new("group.lock_settings_updated", Operator, "{actor} changed {changes}the locked settings of {object}"),
        new("role.created", Operator, "{actor} created {object}"),
        new("role.updated", Operator, "{actor} changed {changes}{object}"),
        new("role.deleted", Operator, "{actor} deleted {object}"),
        new("account.created", Operator, "{actor} created {object}[ for {email}]"),
        new("account.updated", Operator, "{actor} changed {changes}{object}"),
        new("account.disassociated", Operator, "{actor} took {object}[ of {owner}] out of the main account"),
        new("account.settings_updated", Operator, "{actor} changed {changes}the settings of {object}"),
        new("account.lock_settings_updated", Operator, "{actor} changed {changes}the locked settings of {object}"),
        new("account.vanity_url_approved", Operator, "{actor} approved the address that {object} asked for"),
        new("account.vanity_url_rejected", Operator, "{actor} rejected the address that {object} asked for"),
        new("app_deauthorized", User, "{actor} took the app out of {account}"),
        new("app.authorization_request_created", "requester", "{actor} asked for {object} to be allowed"),
        new("bot_installed", User, "{actor} installed a chat app"),
        new("bot_notification", User, "{actor} called a chat app"),
    ];
}
