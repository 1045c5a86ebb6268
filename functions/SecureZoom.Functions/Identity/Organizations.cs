using SecureZoom.Functions.Settings;

namespace SecureZoom.Functions.Identity;

/// <summary>The e-mail domains of organisations: <c>Organizations:&lt;n&gt;:{Id,EmailDomains}</c>.</summary>
public sealed class Organizations
{
    private readonly Dictionary<string, IReadOnlyList<string>> _domains;

    private Organizations(Dictionary<string, IReadOnlyList<string>> domains) => _domains = domains;

    /// <summary>An organisation's domains; none when settings name none.</summary>
    public IReadOnlyList<string> DomainsOf(string organization) => _domains.GetValueOrDefault(organization) ?? [];

    /// <summary>The organisation whose domain an e-mail address is in; null when it is nobody's.</summary>
    public string? OwnerOf(string email)
    {
        var domain = email[(email.LastIndexOf('@') + 1)..];
        return _domains.FirstOrDefault(one => one.Value.Contains(domain, StringComparer.OrdinalIgnoreCase)).Key;
    }

    internal static Organizations Read(SettingsReader settings)
    {
        var domains = new Dictionary<string, IReadOnlyList<string>>(StringComparer.Ordinal);
        foreach (var item in settings.Items("Organizations"))
        {
            var id = settings.Required($"{item}:Id");
            if (id.Length > 0 && !OrganizationId.IsValid(id))
            {
                settings.AddError($"{item}:Id", "is not an organisation's id");
            }

            if (!domains.TryAdd(id, settings.List($"{item}:EmailDomains")))
            {
                settings.AddError($"{item}:Id", "is there twice");
            }
        }

        return new Organizations(domains);
    }
}
