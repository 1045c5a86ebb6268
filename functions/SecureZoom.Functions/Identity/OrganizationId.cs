using System.Text.RegularExpressions;

namespace SecureZoom.Functions.Identity;

/// <summary>What an organisation's id may look like; it names partitions, so nothing else gets in.</summary>
internal static partial class OrganizationId
{
    public static bool IsValid(string id) => Form().IsMatch(id);

    [GeneratedRegex(@"\A[A-Za-z0-9_-]{1,64}\z")]
    private static partial Regex Form();
}
