using System.Text.Json.Nodes;
using SecureZoom.Sandbox.Identity;

namespace SecureZoom.Functions.Tests.Support;

/// <summary>The sandbox's people elsewhere, or as something else.</summary>
public static class AccountExtensions
{
    /// <summary>A token that does not say whether the address is verified.</summary>
    public static TokenOverrides Unverified { get; } =
        new(Claims: new JsonObject { ["https://securezoom.example/email_verified"] = false });

    /// <summary>A token that allows what no group does.</summary>
    public static TokenOverrides Eraser { get; } = new(Claims: new JsonObject { ["permissions"] = new JsonArray("audit:erase") });

    /// <summary>A token that states no domains for its organisation.</summary>
    public static TokenOverrides Homeless { get; } =
        new(Claims: new JsonObject { ["https://securezoom.example/org_domains"] = null });

    /// <summary>The same person, in an organisation that no other test uses, with an address in its own domain.</summary>
    public static Account In(this Account account, string organization) => account with
    {
        OrganizationId = organization,
        OrganizationName = organization,
        Email = $"{account.Email.Split('@')[0]}@{DomainOf(organization)}",
    };

    /// <summary>The one e-mail domain of such an organisation.</summary>
    public static string DomainOf(string organization) => $"{organization.Replace('_', '-').ToLowerInvariant()}.test";

    /// <summary>The same person, in another group.</summary>
    public static Account As(this Account account, string group) => account with { Group = group };
}
