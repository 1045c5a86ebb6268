using System.Collections.Frozen;
using SecureZoom.Functions.Settings;

namespace SecureZoom.Functions.Identity;

/// <summary>The e-mail domains that operators state for organisations, whatever tokens say: <c>Organizations:&lt;n&gt;:{Id,EmailDomains}</c>.</summary>
internal sealed record OrganizationsOptions(IReadOnlyDictionary<string, IReadOnlyList<string>> DomainsOf)
{
    private readonly FrozenDictionary<string, string> _owners = DomainsOf
        .SelectMany(organization => organization.Value.Select(domain => (domain, organization.Key)))
        // One that two are given is an error of the settings, which is told together with all others.
        .DistinctBy(owned => owned.domain)
        .ToFrozenDictionary(owned => owned.domain, owned => owned.Key, StringComparer.Ordinal);

    /// <summary>The organisation that operators gave a domain to; null for none.</summary>
    public string? OwnerOf(string domain) => _owners.GetValueOrDefault(domain);

    public static OrganizationsOptions Read(SettingsReader settings)
    {
        var organizations = new Dictionary<string, IReadOnlyList<string>>(StringComparer.Ordinal);
        foreach (var item in settings.Items("Organizations"))
        {
            var id = settings.Required($"{item}:Id");
            if (id.Length > 0 && !OrganizationId.IsValid(id))
            {
                settings.AddError($"{item}:Id", "is not an organisation's id");
            }

            if (!organizations.TryAdd(id, ReadDomains(settings, $"{item}:EmailDomains")))
            {
                settings.AddError($"{item}:Id", "is there twice");
            }
        }

        foreach (var domain in organizations.Values.SelectMany(domains => domains).CountBy(domain => domain).Where(count => count.Value > 1))
        {
            settings.AddError("Organizations", $"give {domain.Key} to two of them");
        }

        return new OrganizationsOptions(organizations);
    }

    private static IReadOnlyList<string> ReadDomains(SettingsReader settings, string name)
    {
        var domains = settings.List(name).Select(EmailDomain.Parse).ToList();
        if (domains.Contains(null))
        {
            settings.AddError(name, "holds what is no domain");
        }

        return [.. domains.OfType<string>().Distinct()];
    }
}
