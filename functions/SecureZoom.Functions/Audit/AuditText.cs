using System.Globalization;
using System.Text;

namespace SecureZoom.Functions.Audit;

/// <summary>Puts what others chose into a sentence so that it cannot pretend to be a part of the sentence.</summary>
internal static class AuditText
{
    private const int MaxLength = 120;
    private const int MaxWords = 4;

    /// <summary>
    /// A name as it is when it looks like one (up to four words of letters, each with a capital first: no verb can hide there) or like
    /// an e-mail address; quoted otherwise.
    /// </summary>
    public static string Named(string name)
    {
        var words = name.Split(' ');
        var isName = words.Length <= MaxWords && words.All(IsNamePart);
        return name.Length <= MaxLength && (isName || IsAddress(name)) ? name : Quoted(name);
    }

    /// <summary>In quotes, without quotes, control and direction characters of its own.</summary>
    public static string Quoted(string text) => $"\"{Plain(text)}\"";

    /// <summary>Without quotes, control and direction characters; a line's length at the most.</summary>
    public static string Plain(string text)
    {
        var plain = new StringBuilder(text.Length);
        foreach (var rune in text.EnumerateRunes())
        {
            if (plain.Length >= MaxLength)
            {
                return plain.Append('…').ToString();
            }

            plain.Append(IsHarmless(rune) ? rune.ToString() : IsQuote(rune) ? "'" : " ");
        }

        return plain.ToString();
    }

    private static bool IsNamePart(string word) =>
        word.Length > 0 && char.IsUpper(word[0]) && word.All(c => char.IsLetter(c) || c is '\'' or '-');

    private static bool IsAddress(string text) =>
        text.Count(c => c == '@') == 1 && text.All(c => char.IsAsciiLetterOrDigit(c) || c is '@' or '.' or '-' or '_' or '+');

    private static bool IsQuote(Rune rune) => rune.Value is '"' or '\u201c' or '\u201d' or '\u201e' or '\u00ab' or '\u00bb';

    private static bool IsHarmless(Rune rune) => !IsQuote(rune) && Rune.GetUnicodeCategory(rune) is not
        (UnicodeCategory.Control or UnicodeCategory.Format or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator
        or UnicodeCategory.Surrogate or UnicodeCategory.PrivateUse or UnicodeCategory.OtherNotAssigned);
}
