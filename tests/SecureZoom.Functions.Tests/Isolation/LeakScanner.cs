using System.Text;
using System.Text.Json;

namespace SecureZoom.Functions.Tests.Isolation;

/// <summary>Looks for marked values in texts: as they are, URL- or JSON-escaped, and each of these in Base64 at every alignment.</summary>
internal sealed class LeakScanner(IEnumerable<(string Name, string Value)> marks)
{
    private readonly (string Name, string Form)[] _forms = [.. marks.SelectMany(mark => Forms(mark.Value).Select(form => (mark.Name, form)))];

    /// <summary>The names of the marks that a text holds, with the beginning of the text.</summary>
    public IReadOnlyList<string> Find(IEnumerable<string> texts) =>
    [
        .. texts.SelectMany(text => _forms
            .Where(form => text.Contains(form.Form, StringComparison.OrdinalIgnoreCase))
            .Select(form => $"{form.Name} in {text[..Math.Min(text.Length, 300)]}"))
            .Distinct(),
    ];

    private static IEnumerable<string> Forms(string value)
    {
        string[] texts = [value, Uri.EscapeDataString(value), JsonEncodedText.Encode(value).ToString()];
        return texts.Distinct().SelectMany(text => Base64(text).Prepend(text)).Distinct();
    }

    /// <summary>What Base64 makes of a text somewhere inside another: only the characters that depend on nothing around it.</summary>
    private static IEnumerable<string> Base64(string text)
    {
        for (var before = 0; before < 3; before++)
        {
            var bytes = (byte[])[.. new byte[before], .. Encoding.UTF8.GetBytes(text)];
            var whole = Convert.ToBase64String(bytes[..(bytes.Length / 3 * 3)]);
            var inner = before == 0 ? whole : whole[4..];
            if (inner.Length >= 8)
            {
                yield return inner;
                yield return inner.Replace('+', '-').Replace('/', '_');
            }
        }
    }
}
