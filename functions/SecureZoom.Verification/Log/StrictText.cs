using System.Globalization;
using System.Text;

namespace SecureZoom.Verification.Log;

/// <summary>Reads texts that are written in one way only, so that nobody can write what was signed in another.</summary>
internal static class StrictText
{
    private static readonly UTF8Encoding Utf8 = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    /// <summary>False on bytes that are no UTF-8.</summary>
    public static bool TryReadUtf8(ReadOnlySpan<byte> bytes, out string text)
    {
        try
        {
            text = Utf8.GetString(bytes);
            return true;
        }
        catch (DecoderFallbackException)
        {
            text = "";
            return false;
        }
    }

    /// <summary>False on base64 (RFC 4648 §4) with blanks, without its padding, or with bits in the last digit that say nothing.</summary>
    public static bool TryReadBase64(string text, out byte[] bytes)
    {
        bytes = new byte[text.Length / 4 * 3];
        if (!Convert.TryFromBase64String(text, bytes, out var length))
        {
            return false;
        }

        bytes = bytes[..length];
        return Convert.ToBase64String(bytes) == text;
    }

    /// <summary>False on what is not the base64 of 32 bytes.</summary>
    public static bool TryReadHash(string? text, out byte[] hash)
    {
        hash = [];
        return text is not null && TryReadBase64(text, out hash) && hash.Length == Merkle.HashSize;
    }

    /// <summary>False on a number with leading zeros, a sign or blanks, or above <see cref="TreeHead.MaxSize"/>.</summary>
    public static bool TryReadNumber(string text, out long number) =>
        long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out number)
        && number <= TreeHead.MaxSize
        && text == Number(number);

    /// <summary>In decimal digits.</summary>
    public static string Number(long number) => number.ToString(CultureInfo.InvariantCulture);

    /// <summary>Whether the text has no control characters of ASCII but, where it may have them, line feeds.</summary>
    public static bool IsPlain(string text, bool lines) => text.All(character => character >= ' ' || (lines && character == '\n'));
}
