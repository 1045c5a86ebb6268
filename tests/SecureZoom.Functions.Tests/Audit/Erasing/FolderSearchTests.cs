using System.Text;

namespace SecureZoom.Functions.Tests.Audit.Erasing;

/// <summary>What the search of the emulator's files would not overlook.</summary>
public sealed class FolderSearchTests
{
    private const string Word = "alice@acme.example";

    public static TheoryData<string, int> Forms => [.. ((string[])["utf-8", "utf-16", "utf-16BE"]).SelectMany(encoding => Enumerable.Range(0, 3).Select(offset => (encoding, offset)))];

    [Theory]
    [MemberData(nameof(Forms))]
    public void A_word_is_found_in_each_encoding_and_in_base64_wherever_it_begins(string encoding, int offset)
    {
        byte[] plain = [.. Encoding.ASCII.GetBytes("-{"[..(offset % 2)]), .. Encoding.GetEncoding(encoding).GetBytes($"{Word}\"}}")];
        // Other base64 stands right in front of it, as in a list of parts.
        var encoded = Encoding.ASCII.GetBytes($"AA{Convert.ToBase64String([.. new byte[offset], .. Encoding.GetEncoding(encoding).GetBytes($"{Word} and others")])}");
        Assert.True(FolderSearch.Holds(plain, Word));
        Assert.True(FolderSearch.Holds(encoded, Word));
        Assert.False(FolderSearch.Holds(plain, "alice@acme.test"));
        Assert.False(FolderSearch.Holds(encoded, "alice@acme.test"));
    }

    [Theory]
    [InlineData("ALICE@ACME.EXAMPLE")]
    [InlineData("Alice@Acme.example")]
    [InlineData("""{"to":"\u0061lice@acme.example"}""")]
    public void A_word_is_found_in_whatever_case_and_escaped(string text) => Assert.True(FolderSearch.Holds(Encoding.UTF8.GetBytes(text), Word));
}
