using System.Globalization;
using System.Text;

namespace SecureZoom.Verification;

/// <summary>Text that others chose, for a line that people read.</summary>
public static class PlainText
{
    /// <summary>
    /// The text with a space for each character that is not shown, or that moves or hides what is: control and format characters (with
    /// them every bidirectional one), line and paragraph separators, halves of surrogate pairs, private and unassigned ones.
    /// </summary>
    public static string Of(string text)
    {
        if (text.All(c => c is >= ' ' and <= '~'))
        {
            return text;
        }

        var plain = new StringBuilder(text.Length);
        foreach (var rune in text.EnumerateRunes())
        {
            plain.Append(IsShown(rune) ? rune.ToString() : " ");
        }

        return plain.ToString();
    }

    private static bool IsShown(Rune rune) => Rune.GetUnicodeCategory(rune) is not
        (UnicodeCategory.Control or UnicodeCategory.Format or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator
        or UnicodeCategory.Surrogate or UnicodeCategory.PrivateUse or UnicodeCategory.OtherNotAssigned);
}
