using System.Text.RegularExpressions;

namespace SecureZoom.Sandbox.Site;

/// <summary>A path as <c>staticwebapp.config.json</c> writes it: <c>/av/*</c>, <c>*.{css,js}</c>, <c>/images/*.{png,svg}</c>.</summary>
internal sealed class PathPattern(string pattern)
{
    private readonly Regex _regex = new(
        "^" + Regex.Escape(pattern)
            .Replace(@"\*", ".*", StringComparison.Ordinal)
            .Replace(@"\{", "(?:", StringComparison.Ordinal)
            .Replace("}", ")", StringComparison.Ordinal)
            .Replace(",", "|", StringComparison.Ordinal) + @"\z",
        RegexOptions.CultureInvariant);

    // Azure lets /admin/* stand for /admin, too.
    private readonly string? _folder = pattern.EndsWith("/*", StringComparison.Ordinal) ? pattern[..^2] : null;

    public bool Matches(string path) => _regex.IsMatch(path) || path == _folder;
}
