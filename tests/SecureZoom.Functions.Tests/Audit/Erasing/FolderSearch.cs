using System.Text;

namespace SecureZoom.Functions.Tests.Audit.Erasing;

/// <summary>Every byte of every file of a folder, for a word in whatever encoding the product or the emulator uses.</summary>
internal static class FolderSearch
{
    private static readonly Encoding[] Encodings = [Encoding.UTF8, Encoding.Unicode, Encoding.BigEndianUnicode];

    /// <summary>The files that hold a word, by their names in the folder, each once.</summary>
    public static async Task<IReadOnlyList<string>> FindAsync(string folder, string word, CancellationToken cancellationToken)
    {
        var found = new List<string>();
        foreach (var file in Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories))
        {
            if (Holds(await File.ReadAllBytesAsync(file, cancellationToken), word))
            {
                found.Add(Path.GetRelativePath(folder, file));
            }
        }

        return found;
    }

    /// <summary>
    /// UTF-8 and UTF-16, either byte order, as the word is and in small and capital letters; the same inside of base64, where it may begin at the first, second or third
    /// byte of three; and what <see cref="StorageSearch"/> finds in whatever case (escapes of JSON, base64 that stands alone).
    /// </summary>
    public static bool Holds(byte[] content, string word) =>
        Forms(word).Any(form => content.AsSpan().IndexOf(form) >= 0) || StorageSearch.Holds(Encoding.UTF8.GetString(content), word);

    private static IEnumerable<byte[]> Forms(string word)
    {
        foreach (var bytes in ((string[])[word, word.ToLowerInvariant(), word.ToUpperInvariant()]).Distinct()
            .SelectMany(cased => Encodings.Select(encoding => encoding.GetBytes(cased))))
        {
            yield return bytes;
            for (var offset = 0; offset < 3; offset++)
            {
                yield return InBase64(bytes, offset);
            }
        }
    }

    /// <summary>The characters of base64 that depend on these bytes alone, which stand behind <paramref name="offset"/> others.</summary>
    private static byte[] InBase64(byte[] bytes, int offset)
    {
        var text = Convert.ToBase64String([.. new byte[offset], .. bytes]);
        var first = (offset * 8 + 5) / 6;
        var last = (offset + bytes.Length) * 8 / 6;
        return Encoding.ASCII.GetBytes(text[first..last]);
    }
}
