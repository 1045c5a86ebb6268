using SecureZoom.Verification;

namespace SecureZoom.Functions.Tests.Audit;

public sealed class PlainTextTests
{
    [Theory]
    [InlineData("Planning", "Planning")]
    [InlineData("Größe 会議 😀", "Größe 会議 😀")]
    [InlineData("a\u202eb\u2066c\u200fd\u061ce", "a b c d e")]
    [InlineData("a\u001b[2Jb\u0007\r\n\tc\u0085d", "a [2Jb    c d")]
    [InlineData("a\u2028b\u2029c\ufeffd\u00ade", "a b c d e")]
    [InlineData("a\u3164b\uffa0c\u115fd\u1160e", "a b c d e")]
    [InlineData("a\ufe0fb\U000e0101c\u180bd\u034fe\u17b4f", "a b c d e f")]
    [InlineData("a\ue000b\U000e0041c\uffffd", "a b c d")]
    public void What_is_not_shown_or_moves_what_is_becomes_a_space(string text, string plain) => Assert.Equal(plain, PlainText.Of(text));
}
