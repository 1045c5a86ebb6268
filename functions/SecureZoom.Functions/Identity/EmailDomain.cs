using System.Text.RegularExpressions;

namespace SecureZoom.Functions.Identity;

/// <summary>What the domain of an e-mail address may look like: a host name with a dot in it (RFC 1123), as a table's key takes it.</summary>
internal static partial class EmailDomain
{
    /// <summary>Labels of letters, digits and dashes; the last begins with a letter, so that no number passes for a name.</summary>
    public const string Form = "(?:[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?\\.)+[A-Za-z](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?";

    private const int MaxLength = 253;

    /// <summary>The domain in lower case, by which it is compared; null for what is none.</summary>
    public static string? Parse(string text) => text.Length <= MaxLength && Whole().IsMatch(text) ? text.ToLowerInvariant() : null;

    [GeneratedRegex($@"\A{Form}\z")]
    private static partial Regex Whole();
}
