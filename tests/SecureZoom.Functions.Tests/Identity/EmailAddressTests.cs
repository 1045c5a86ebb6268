using SecureZoom.Functions.Identity;

namespace SecureZoom.Functions.Tests.Identity;

/// <summary>What is an e-mail address, and when two are the same.</summary>
public sealed class EmailAddressTests
{
    public static TheoryData<string> None =>
    [
        "", " ", "alice", "auth0|0123456789abcdef01234567", "@acme.example", "alice@", "alice@acme", "a@b@acme.example", "alice@acme.example.",
        "alice@.acme.example", "alice@acme..example", "alice@-acme.example", "alice@acme-.example", "alice@acme.123", "alice@127.0.0.1",
        "alice@[127.0.0.1]", "alice@acme.example ", " alice@acme.example", "alice@acme.example\n", "alice @acme.example", "ali ce@acme.example",
        "<alice@acme.example>", "Alice <alice@acme.example>", "mailto:alice@acme.example", "\"alice\"@acme.example", "alice@acme.example,bob@acme.example",
        "alice@acme.example;bob@acme.example", ".alice@acme.example", "alice.@acme.example", "ali..ce@acme.example", "alice(comment)@acme.example",
        "alice@acme.example/x", "alice@acme.example?x", "alice@acme.example#x", "alice\0@acme.example", "alıce@acme.example", "alice@acmé.example",
        "alice@acme。example", "alice@acme.example\u200b", $"{new string('a', 117)}@acme.example", $"alice@{new string('a', 64)}.example",
    ];

    [Theory]
    [MemberData(nameof(None))]
    public void What_is_none_never_counts(string text) => Assert.Null(EmailAddress.Parse(text));

    [Theory]
    [InlineData("alice@acme.example", "acme.example")]
    [InlineData("ALICE@Acme.EXAMPLE", "acme.example")]
    [InlineData("a.b+c_d-e'f@mail.acme.co.uk", "mail.acme.co.uk")]
    [InlineData("alice@xn--acm-dma.xn--p1ai", "xn--acm-dma.xn--p1ai")]
    [InlineData("1@2.example", "2.example")]
    public void The_domain_is_in_lower_case(string text, string domain) => Assert.Equal((text, domain), (EmailAddress.Parse(text)!.Text, EmailAddress.Parse(text)!.Domain));

    [Fact]
    public void Addresses_are_the_same_in_any_case()
    {
        Assert.Equal(EmailAddress.Parse("alice@acme.example"), EmailAddress.Parse("Alice@ACME.example"));
        Assert.Equal(EmailAddress.Parse("alice@acme.example")!.GetHashCode(), EmailAddress.Parse("Alice@ACME.example")!.GetHashCode());
        Assert.NotEqual(EmailAddress.Parse("alice@acme.example"), EmailAddress.Parse("alice@globex.example"));
    }
}
