using System.Text.Json.Nodes;
using Microsoft.Extensions.DependencyInjection;
using SecureZoom.Functions.Audit.Recording;
using SecureZoom.Functions.Audit.Trail;
using SecureZoom.Functions.Identity;
using SecureZoom.Functions.Storage;

namespace SecureZoom.Functions.Customers;

/// <summary>
/// Writes down what customers have of their own, and takes it out again: that it is about to be is on record first, in the operators' trail and in the
/// customer's, and then what came of it.
/// </summary>
internal sealed class CustomerDesk(
    [FromKeyedServices(CustomerList.Partition)] CachedPartition rows, DomainOwners domains, SettledCustomers settled, AuditTrail trail, TimeProvider time)
{
    /// <summary>All of them as they are written down, by their ids.</summary>
    /// <exception cref="StorageUnavailableException">The rows cannot be read, or are not those that we wrote.</exception>
    public async Task<IReadOnlyList<Customer>> ReadAsync(CancellationToken cancellationToken) =>
        [.. (await rows.RowsAsync(cancellationToken)).Values.Select(CustomerRow.Read).OrderBy(customer => customer.Organization, StringComparer.Ordinal)];

    /// <summary>What is not as the row says, a phrase each: what none may say, and where settings go before it.</summary>
    public IReadOnlyList<string> Problems(Customer customer) =>
        [.. CustomerRules.Problems(customer, settled.Operators), .. settled.Apply(customer).Contradictions];

    /// <summary>Every instance goes by it within seconds. What there was of the organisation is replaced.</summary>
    /// <exception cref="CustomerException">The rules, a setting or another customer's row do not allow it; nothing is written.</exception>
    /// <exception cref="StorageUnavailableException">The rows cannot be read, or are not those that we wrote.</exception>
    public async Task AddAsync(Customer customer, string reason, AuditActor by, CancellationToken cancellationToken)
    {
        var known = await ReadAsync(cancellationToken);
        Refuse([.. Problems(customer), .. Clashes(customer, known)]);
        await ChangeAsync(
            AuditActions.CustomerAdd, AuditActions.CustomerAdded, customer, reason, by,
            () => rows.ChangeAsync(
                latest =>
                {
                    // Somebody else may have written another meanwhile.
                    Refuse(Clashes(customer, latest.Values.Select(CustomerRow.Read)));
                    return [CustomerRow.Write(customer)];
                },
                cancellationToken),
            cancellationToken);
        var before = known.FirstOrDefault(one => one.Organization == customer.Organization);
        await FreeAsync(customer.Organization, [.. before?.EmailDomains.Except(customer.EmailDomains) ?? []], cancellationToken);
    }

    /// <returns>What there was; null where there was nothing.</returns>
    /// <exception cref="StorageUnavailableException">The rows cannot be read, or are not those that we wrote.</exception>
    public async Task<Customer?> RemoveAsync(string organization, string reason, AuditActor by, CancellationToken cancellationToken)
    {
        if ((await ReadAsync(cancellationToken)).FirstOrDefault(customer => customer.Organization == organization) is not { } known)
        {
            return null;
        }

        await ChangeAsync(
            AuditActions.CustomerRemove, AuditActions.CustomerRemoved, known, reason, by,
            () => rows.ChangeAsync(_ => new PartitionChange([], [organization]), cancellationToken),
            cancellationToken);
        await FreeAsync(organization, known.EmailDomains, cancellationToken);
        return known;
    }

    /// <summary>Seals every row anew with the current key, so that an earlier one can go. The app reads the table and cannot.</summary>
    /// <returns>How many there are.</returns>
    /// <exception cref="StorageUnavailableException">The rows cannot be read, or are not those that we wrote.</exception>
    public async Task<int> SealAsync(CancellationToken cancellationToken)
    {
        string[] ids = [.. (await ReadAsync(cancellationToken)).Select(customer => customer.Organization)];
        foreach (var some in ids.Chunk(CachedPartition.MostAtOnce))
        {
            await rows.ChangeAsync(known => [.. some.Where(known.ContainsKey).Select(id => known[id])], cancellationToken);
        }

        return ids.Length;
    }

    private static IReadOnlyList<string> Clashes(Customer customer, IEnumerable<Customer> known) =>
        [.. known.Where(other => other.Organization != customer.Organization).SelectMany(other => CustomerRules.Clashes(customer, other))];

    private static void Refuse(IReadOnlyList<string> problems)
    {
        if (problems.Count > 0)
        {
            throw new CustomerException(problems);
        }
    }

    /// <summary>Domains that were the organisation's by its row alone are nobody's; of what settings state, too, nothing changes.</summary>
    private Task FreeAsync(string organization, IReadOnlyCollection<string> stated, CancellationToken cancellationToken) => stated.Count == 0
        ? Task.CompletedTask
        : domains.FreeAsync(organization, [.. stated.Where(domain => settled.Organizations.OwnerOf(domain) is null)], cancellationToken);

    private async Task ChangeAsync(
        string intent, string done, Customer customer, string reason, AuditActor by, Func<Task> change, CancellationToken cancellationToken)
    {
        var operators = settled.Operators ?? throw new CustomerException(["cannot be told of in the operators' trail: Authorization:OperatorOrganization is not set"]);
        var operation = CallEvents.NewOperation();
        await RecordAsync(operators, Event(intent, AuditOutcomes.Intent, customer, reason, by, operation), cancellationToken);
        try
        {
            await change();
        }
        catch (Exception)
        {
            await RecordAsync(
                operators, Event(intent, AuditOutcomes.Failure, customer, reason, by, operation) with { Reason = AuditReasons.Unavailable }, CancellationToken.None);
            throw;
        }

        // What is done is done, whoever waits.
        await RecordAsync(operators, Event(done, AuditOutcomes.Success, customer, reason, by, operation), CancellationToken.None);
    }

    private async Task RecordAsync(string operators, AuditEvent auditEvent, CancellationToken cancellationToken)
    {
        foreach (var organization in (string[])[operators, auditEvent.Target!.Id!])
        {
            await trail.AppendAsync(organization, [auditEvent], cancellationToken);
        }
    }

    private AuditEvent Event(string action, string outcome, Customer customer, string reason, AuditActor by, string operation)
    {
        var now = time.GetUtcNow();
        return new AuditEvent
        {
            Id = Guid.CreateVersion7(now).ToString("N"),
            OccurredAt = now,
            ReceivedAt = now,
            Actor = by,
            Action = action,
            Target = new AuditTarget("customer", customer.Organization),
            Outcome = outcome,
            Source = AuditSources.App,
            Operation = operation,
            Details = Details(customer, reason),
        };
    }

    /// <summary>All of the row, so that it can be written again from the trail.</summary>
    private static JsonObject Details(Customer customer, string reason)
    {
        var details = new JsonObject { ["organization"] = customer.Organization, ["note"] = reason };
        if (customer.Issuer is { } issuer)
        {
            (details["issuer"], details["audience"]) = (issuer.Issuer, issuer.Audience);
        }

        if (customer.Zoom is { } zoom)
        {
            (details["account_id"], details["client_id"], details["sdk_client_id"]) = (zoom.AccountId, zoom.ClientId, zoom.SdkClientId);
        }

        if (customer.EmailDomains.Count > 0)
        {
            details["email_domains"] = string.Join(' ', customer.EmailDomains);
        }

        return details;
    }
}
