namespace SecureZoom.Functions.Identity;

/// <summary>The customers of one reading, to be looked up.</summary>
internal sealed class CustomerSet
{
    private readonly Dictionary<string, Customer> _byIssuer = new(StringComparer.Ordinal);
    private readonly Dictionary<string, string> _byDomain = new(StringComparer.Ordinal);
    private readonly Dictionary<string, Customer> _byOrganization;

    public CustomerSet(IReadOnlyList<Customer> customers)
    {
        All = customers;
        _byOrganization = customers.ToDictionary(customer => customer.Organization, StringComparer.Ordinal);
        foreach (var customer in customers)
        {
            if (customer.Issuer is { } issuer)
            {
                _byIssuer[issuer.Issuer] = customer;
            }

            foreach (var domain in customer.EmailDomains)
            {
                _byDomain[domain] = customer.Organization;
            }
        }
    }

    public static CustomerSet None { get; } = new([]);

    public IReadOnlyList<Customer> All { get; }

    public Customer? Of(string organization) => _byOrganization.GetValueOrDefault(organization);

    public Customer? OfIssuer(string issuer) => _byIssuer.GetValueOrDefault(issuer);

    public string? OwnerOf(string domain) => _byDomain.GetValueOrDefault(domain);
}
