using SecureZoom.Functions.Audit.Recording;
using SecureZoom.Verification;

namespace SecureZoom.Functions.Audit.Trail;

/// <summary>Puts what others chose into a sentence so that it cannot pretend to be a part of the sentence.</summary>
internal static class AuditText
{
    private const int MaxLength = 120;
    private const int MaxWords = 4;
    private const int MaxDigits = 20;
    private const char LastLatin = '\u024f';
    private const char FirstGreek = '\u0370';
    private const char FirstCompatible = '\uf900';

    /// <summary>
    /// A name as it is when it looks like one (up to four words of letters of one alphabet and the usual width, each with a capital first:
    /// no verb can hide there); quoted otherwise, also when it looks like an address.
    /// </summary>
    public static string Named(string name) => name.Length <= MaxLength && IsName(name) ? name : Quoted(name);

    /// <summary>An address that we know to be one's own, as it is; quoted when it is none.</summary>
    public static string Address(string email) => email.Length <= MaxLength && IsAddress(email) ? email : Quoted(email);

    /// <summary>A meeting's number as it is; quoted when it is none.</summary>
    public static string Number(string typed) =>
        typed.Length is > 0 and <= MaxDigits && typed.All(char.IsAsciiDigit) ? typed : Quoted(typed, AuditLimits.MaxTyped);

    /// <summary>In quotes, without quotes of its own and what is not shown; a line's length at the most.</summary>
    public static string Quoted(string text, int most = MaxLength)
    {
        var plain = string.Concat(PlainText.Of(text).Select(c => IsQuote(c) ? '\'' : c));
        return $"\"{AuditLimits.Cut(plain, most)}\"";
    }

    private static bool IsName(string name)
    {
        var words = name.Split(' ');
        return words.Length <= MaxWords && words.All(IsNamePart) && !(name.Any(IsLatin) && name.Any(c => c >= FirstGreek));
    }

    private static bool IsLatin(char letter) => letter <= LastLatin && char.IsLetter(letter);

    private static bool IsNamePart(string word) =>
        word.Length > 0 && char.IsUpper(word[0]) && word.All(c => (char.IsLetter(c) && c < FirstCompatible) || c is '\'' or '-');

    private static bool IsAddress(string text) =>
        text.Count(c => c == '@') == 1 && text.All(c => char.IsAsciiLetterOrDigit(c) || c is '@' or '.' or '-' or '_' or '+');

    private static bool IsQuote(char c) => c is '"' or '\u201c' or '\u201d' or '\u201e' or '\u201f' or '\u00ab' or '\u00bb' or '\uff02';
}
