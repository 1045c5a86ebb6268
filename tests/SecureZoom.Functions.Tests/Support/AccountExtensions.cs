using System.Text.Json.Nodes;
using SecureZoom.Sandbox.Identity;

namespace SecureZoom.Functions.Tests.Support;

/// <summary>The sandbox's people elsewhere, or as something else.</summary>
public static class AccountExtensions
{
    /// <summary>A token that does not say whether the address is verified.</summary>
    public static TokenOverrides Unverified { get; } =
        new(Claims: new JsonObject { ["https://securezoom.example/email_verified"] = false });

    /// <summary>The same person, in an organisation that no other test uses.</summary>
    public static Account In(this Account account, string organization) =>
        account with { OrganizationId = organization, OrganizationName = organization };

    /// <summary>The same person, in another group.</summary>
    public static Account As(this Account account, string group) => account with { Group = group };
}
