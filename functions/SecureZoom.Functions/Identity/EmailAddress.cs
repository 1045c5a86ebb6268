using System.Text.RegularExpressions;

namespace SecureZoom.Functions.Identity;

/// <summary>An e-mail address that can count: one plain mailbox (RFC 5321, without its quoted names and literals), equal in any case.</summary>
public sealed partial record EmailAddress
{
    /// <summary>Zoom's most for a user, in characters.</summary>
    private const int MaxLength = 128;

    // Without what has a meaning in a path or a list.
    private const string Atom = "[A-Za-z0-9!$%&'*+=^_`{|}~-]+";

    private EmailAddress(string text)
    {
        Text = text;
        Domain = text[(text.IndexOf('@', StringComparison.Ordinal) + 1)..].ToLowerInvariant();
    }

    /// <summary>As it was written.</summary>
    public string Text { get; }

    /// <summary>In lower case.</summary>
    public string Domain { get; }

    /// <summary>The address; null for what is none.</summary>
    public static EmailAddress? Parse(string? text) =>
        text is { Length: <= MaxLength } && Form().IsMatch(text) ? new EmailAddress(text) : null;

    public bool Equals(EmailAddress? other) => string.Equals(Text, other?.Text, StringComparison.OrdinalIgnoreCase);

    public override int GetHashCode() => StringComparer.OrdinalIgnoreCase.GetHashCode(Text);

    public override string ToString() => nameof(EmailAddress);

    [GeneratedRegex($@"\A{Atom}(?:\.{Atom})*@{EmailDomain.Form}\z")]
    private static partial Regex Form();
}
