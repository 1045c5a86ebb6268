using System.Globalization;
using System.Text;

namespace SecureZoom.Verification;

/// <summary>Text that others chose, for a line that people read.</summary>
public static class PlainText
{
    /// <summary>
    /// The text with a space for each character that is not shown, or that moves or hides what is: control and format characters (with
    /// them every bidirectional one), line and paragraph separators, halves of surrogate pairs, private and unassigned ones, and what is a
    /// letter or mark to most rules but ignored by fonts (Unicode's Default_Ignorable_Code_Point, UAX #44).
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
        or UnicodeCategory.Surrogate or UnicodeCategory.PrivateUse or UnicodeCategory.OtherNotAssigned) && !IsIgnorable(rune.Value);

    /// <summary>Those that no category above covers: joiners, fillers for Hangul, Khmer's inherent vowels, variation selectors.</summary>
    private static bool IsIgnorable(int codePoint) => codePoint is
        0x034f or 0x115f or 0x1160 or 0x17b4 or 0x17b5 or (>= 0x180b and <= 0x180f) or 0x3164 or (>= 0xfe00 and <= 0xfe0f) or 0xffa0
        or (>= 0xe0100 and <= 0xe01ef);
}
