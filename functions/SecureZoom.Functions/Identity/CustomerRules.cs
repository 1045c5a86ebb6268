using SecureZoom.Functions.Settings;

namespace SecureZoom.Functions.Identity;

/// <summary>
/// What a customer's row may say: the same rules where it is written and where it is read, since whoever has the key that seals rows is not
/// thereby everybody.
/// </summary>
internal static class CustomerRules
{
    private const int MaxText = 256;
    private const int MaxDomains = 100;

    /// <summary>What is wrong with a row by itself, a phrase each that follows the row's name; none when it may stand.</summary>
    /// <param name="operators">The operators' organisation, which no row speaks of.</param>
    public static IReadOnlyList<string> Problems(Customer customer, string? operators)
    {
        var problems = new List<string>();
        Require(OrganizationId.IsValid(customer.Organization), "is no organisation's id");
        Require(customer.Organization != operators, "is the operators' organisation, which settings alone speak of");
        Require(!customer.HasNothing, "has nothing of its own");
        if (customer.Issuer is { } issuer)
        {
            Require(Uri.TryCreate(issuer.Issuer, UriKind.Absolute, out var address) && SettingsReader.IsSafe(address), "has an issuer that is not an https address");
            Require(IsText(issuer.Issuer) && IsText(issuer.Audience), "has an issuer without an audience");
        }

        if (customer.Zoom is { } zoom)
        {
            Require(IsText(zoom.AccountId) && IsText(zoom.ClientId) && IsText(zoom.SdkClientId), "has a Zoom account without its ids");
        }

        Require(customer.EmailDomains.Count <= MaxDomains, $"has more than {MaxDomains} e-mail domains");
        Require(customer.EmailDomains.All(domain => EmailDomain.Parse(domain) == domain), "has an e-mail domain that is none");
        Require(!customer.EmailDomains.Any(PublicEmailDomains.Contains), "has an e-mail domain where everybody has addresses");
        return problems;

        void Require(bool holds, string otherwise)
        {
            if (!holds)
            {
                problems.Add(otherwise);
            }
        }
    }

    /// <summary>What two rows may not both have: whoever came first has it.</summary>
    public static IEnumerable<string> Clashes(Customer customer, Customer other)
    {
        if (customer.Issuer is { } issuer && issuer.Issuer == other.Issuer?.Issuer)
        {
            yield return $"has the issuer of {other.Organization}";
        }

        if (customer.Zoom is { } zoom && zoom.AccountId == other.Zoom?.AccountId)
        {
            yield return $"has the Zoom account of {other.Organization}";
        }

        foreach (var domain in customer.EmailDomains.Intersect(other.EmailDomains))
        {
            yield return $"has the e-mail domain {domain} of {other.Organization}";
        }

        if (customer.SecretPrefix == other.SecretPrefix)
        {
            yield return $"would have its secrets where those of {other.Organization} are";
        }
    }

    private static bool IsText(string text) => text.Length is > 0 and <= MaxText && text.All(c => c is > ' ' and <= '~');
}
