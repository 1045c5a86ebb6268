using SecureZoom.Functions.Identity;

namespace SecureZoom.Operator.Checkup;

internal sealed class OrganizationCheck : ICheck
{
    public string Subject => "organisation and e-mail domains";

    public string Remedy => "Write the domain into the organisation's email_domains at Auth0 (or Organizations in the settings, or the customer's row), and name an organisation of your own in Authorization:OperatorOrganization.";

    public async Task<Verdict> LookAsync(Patient patient, CancellationToken cancellationToken)
    {
        List<string> wrong = patient.Operators is null ? ["Authorization:OperatorOrganization is not set, so nobody reads what is nobody's"] : [];
        if (patient.Operators is { } operators && !patient.Identity.Issuers.Any(issuer => issuer.MaySpeakFor(operators)))
        {
            wrong.Add($"no issuer may speak for {operators}");
        }

        if (await FindAsync(patient, cancellationToken) is not { Organization.Id: { } organization } token)
        {
            return wrong.Count > 0 ? Verdict.Of(wrong, "") : Verdict.NotLookedAt("a token names an organisation");
        }

        var decided = patient.Settled.Organizations.DomainsOf.GetValueOrDefault(organization)
            ?? ((await patient.CustomersAsync(cancellationToken)).Of(organization) is { EmailDomains: { Count: > 0 } own } ? own : null);
        var domains = decided ?? token.StatedDomains;
        if (domains.Count == 0)
        {
            wrong.Add($"nobody states the e-mail domains of {organization}, so it hosts nothing");
        }
        else if (token.VerifiedEmail is { } email && !domains.Contains(email.Domain))
        {
            wrong.Add($"{email.Domain} is none of the domains of {organization}");
        }

        if (domains.FirstOrDefault(domain => decided is null && PublicEmailDomains.Contains(domain)) is { } nobodys)
        {
            wrong.Add($"{nobodys} is a public provider's");
        }

        return Verdict.Of(wrong, $"{organization} with {string.Join(", ", domains)}");
    }

    private static async Task<VerifiedToken?> FindAsync(Patient patient, CancellationToken cancellationToken)
    {
        try
        {
            return patient.Token is null ? null : await TokenCheck.ValidateAsync(patient, cancellationToken);
        }
        catch (IdentityException)
        {
            return null;
        }
    }
}
