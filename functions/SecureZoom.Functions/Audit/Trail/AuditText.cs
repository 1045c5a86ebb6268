using SecureZoom.Functions.Audit.Recording;
using SecureZoom.Verification;

namespace SecureZoom.Functions.Audit.Trail;

/// <summary>Puts what others chose into a sentence so that it cannot pretend to be a part of the sentence.</summary>
internal static class AuditText
{
    /// <summary>
    /// Stands for a person who is erased. Known by itself, not by its letters: whoever is called so stands in quotes.
    /// </summary>
    public static readonly string Erased = new("[erased]".AsSpan());

    /// <summary>Whom Zoom calls by an id alone, which says nothing to anybody.</summary>
    public const string ZoomUser = "a Zoom user";

    private const int MaxLength = 120;
    private const int MaxWords = 4;
    private const int MaxDigits = 20;

    /// <summary>
    /// A name as it is when it looks like one (up to four words of Latin letters, each with a capital first: no verb can hide there); quoted
    /// otherwise, also when it looks like an address.
    /// </summary>
    /// <remarks>
    /// Any other alphabet is quoted, alone or mixed: whole names in Cyrillic, Greek or Cherokee can look like Latin ones (UTS #39, 4.1, whole-script
    /// confusables), and between Latin words the script changes in any case (UTR #36, 2.2, mixed-script spoofing).
    /// </remarks>
    public static string Named(string name) => IsErased(name) ? name : name.Length <= MaxLength && IsName(name) ? name : Quoted(name);

    /// <summary>An address that we know to be one's own, as it is; quoted when it is none.</summary>
    public static string Address(string email) => IsErased(email) ? email : email.Length <= MaxLength && IsAddress(email) ? email : Quoted(email);

    /// <summary>A meeting's number as it is; quoted when it is none.</summary>
    public static string Number(string typed) =>
        IsErased(typed) ? typed : typed.Length is > 0 and <= MaxDigits && typed.All(char.IsAsciiDigit) ? typed : Quoted(typed, AuditLimits.MaxTyped);

    /// <summary>In quotes, without quotes of its own and what is not shown; a line's length at the most.</summary>
    public static string Quoted(string text, int most = MaxLength)
    {
        if (IsErased(text))
        {
            return text;
        }

        var plain = string.Concat(PlainText.Of(text).Select(c => IsQuote(c) ? '\'' : c));
        return $"\"{AuditLimits.Cut(plain, most)}\"";
    }

    private static bool IsErased(string text) => ReferenceEquals(text, Erased);

    private static bool IsName(string name)
    {
        var words = name.Split(' ');
        return words.Length <= MaxWords && words.All(IsNamePart);
    }

    private static bool IsNamePart(string word) =>
        word.Length > 0 && char.IsUpper(word[0]) && word.All(c => IsLatin(c) || c is '\'' or '-');

    /// <summary>
    /// The letters that living languages write names with, of those that UTS #39 allows in identifiers (IdentifierStatus.txt), without those
    /// that look like another one: the dotless i, kra.
    /// </summary>
    private static bool IsLatin(char c) => char.IsAsciiLetter(c)
        || (char.IsLetter(c)
            && c is (>= '\u00c0' and <= '\u017e') or '\u01a0' or '\u01a1' or '\u01af' or '\u01b0' or (>= '\u0218' and <= '\u021b') or (>= '\u1ea0' and <= '\u1ef9')
            && c is not ('\u0131' or '\u0132' or '\u0133' or '\u0138' or '\u013f' or '\u0140' or '\u0149'));

    private static bool IsAddress(string text) =>
        text.Count(c => c == '@') == 1 && text.All(c => char.IsAsciiLetterOrDigit(c) || c is '@' or '.' or '-' or '_' or '+');

    private static bool IsQuote(char c) => c is '"' or '\u201c' or '\u201d' or '\u201e' or '\u201f' or '\u00ab' or '\u00bb' or '\uff02';
}
