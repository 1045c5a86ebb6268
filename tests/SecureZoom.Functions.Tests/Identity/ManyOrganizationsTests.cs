using Microsoft.Extensions.Configuration;
using SecureZoom.Functions.Identity;
using SecureZoom.Functions.Settings;
using SecureZoom.Functions.Tests.Fuzzing;
using SecureZoom.Functions.Zoom;

namespace SecureZoom.Functions.Tests.Identity;

/// <summary>What settings say of organisations is found as by reading through all of them, and costs the same however many there are.</summary>
public sealed class ManyOrganizationsTests
{
    [Fact]
    public void A_domain_s_owner_an_issuer_s_organisations_and_an_organisation_s_account_are_those_that_reading_through_finds()
    {
        var random = new Random(Fuzz.Seed);
        for (var round = 0; round < Fuzz.Inputs(200); round++)
        {
            var values = Settings(random, random.Next(0, 8));
            var settings = new SettingsReader(new ConfigurationBuilder().AddInMemoryCollection(values).Build());
            var (organizations, issuer) = (OrganizationsOptions.Read(settings), IdentityOptions.Read(settings).Issuers[0]);
            var zoom = ZoomOptions.Read(settings);
            var accounts = new ZoomAccounts(zoom, () => CustomerSet.None);
            for (var number = 0; number < 20; number++)
            {
                var (domain, organization) = (Domain(number), Organization(number));
                Assert.Equal(organizations.DomainsOf.FirstOrDefault(one => one.Value.Contains(domain)).Key, organizations.OwnerOf(domain));
                Assert.Equal(issuer.Organizations.Contains(organization), issuer.Names(organization));
                Assert.Equal(issuer.Organizations.Any(one => one == "*" || one == organization), issuer.MaySpeakFor(organization));
                Assert.Same(
                    zoom.Accounts.FirstOrDefault(one => one.Organizations.Contains(organization)) ?? zoom.Accounts.FirstOrDefault(one => one.Organizations.Contains("*")),
                    accounts.Serving(organization));
                Assert.Same(zoom.Accounts.FirstOrDefault(one => one.AccountId == $"acct{number}"), accounts.Find($"acct{number}"));
            }
        }
    }

    [Fact]
    public void With_ten_thousand_organisations_finding_one_allocates_nothing()
    {
        const int Many = 10_000;
        var organizations = new OrganizationsOptions(
            Enumerable.Range(0, Many).ToDictionary(Organization, number => (IReadOnlyList<string>)[Domain(number)]));
        var issuer = new TrustedIssuer("https://tenant.example/", "api", [.. organizations.DomainsOf.Keys], TrustOrganizationDomains: true);
        var (domain, organization) = (Domain(Many - 1), Organization(Many - 1));
        Find();
        var before = GC.GetAllocatedBytesForCurrentThread();
        Find();
        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);

        void Find()
        {
            Assert.Same(organization, organizations.OwnerOf(domain) is { } owner && issuer.MaySpeakFor(owner) ? organization : null);
        }
    }

    /// <summary>An organisation's domains may be another's as well, which is an error, and then the first is gone by.</summary>
    private static Dictionary<string, string?> Settings(Random random, int count)
    {
        var numbers = Enumerable.Range(0, 20).ToArray();
        random.Shuffle(numbers);
        var values = new Dictionary<string, string?>
        {
            ["Auth0:Domain"] = "tenant.example",
            ["Auth0:Audience"] = "api",
            ["Auth0:Organizations"] = string.Join(' ', numbers[..random.Next(1, 8)].Select(Organization)),
        };
        if (random.Next(4) == 0)
        {
            values["Auth0:Organizations"] = "*";
        }

        for (var index = 0; index < count; index++)
        {
            values[$"Organizations:{index}:Id"] = Organization(numbers[index]);
            values[$"Organizations:{index}:EmailDomains"] = string.Join(' ', Enumerable.Range(0, random.Next(1, 4)).Select(_ => Domain(random.Next(20))));
            values[$"Zoom:Accounts:{index}:AccountId"] = $"acct{index}";
            values[$"Zoom:Accounts:{index}:Organizations"] = index == 0 && random.Next(2) == 0 ? "*" : Organization(numbers[^(index + 1)]);
        }

        return values;
    }

    private static string Organization(int number) => $"org_{number}";

    private static string Domain(int number) => $"d{number}.test";
}
