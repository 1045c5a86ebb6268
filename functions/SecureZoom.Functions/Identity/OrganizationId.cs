using System.Text.RegularExpressions;

namespace SecureZoom.Functions.Identity;

/// <summary>What an organisation's id may look like; it names partitions, so nothing else gets in.</summary>
internal static partial class OrganizationId
{
    /// <summary>Where events go whose organisation nobody knows: a trail's name, which is nobody's id.</summary>
    public const string Unassigned = "unassigned";

    public static bool IsValid(string id) => Form().IsMatch(id) && !id.Equals(Unassigned, StringComparison.OrdinalIgnoreCase);

    // No dot: what begins with one is a name of our own, wherever trails are kept.
    [GeneratedRegex(@"\A[A-Za-z0-9_-]{1,64}\z")]
    private static partial Regex Form();
}
