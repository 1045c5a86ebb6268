using Microsoft.Extensions.Logging.Abstractions;
using SecureZoom.Functions.Identity;
using SecureZoom.Functions.Secrets;
using SecureZoom.Functions.Storage;
using SecureZoom.Functions.Zoom;

namespace SecureZoom.Operator.Checkup;

internal sealed class CustomersCheck : ICheck
{
    public string Subject => "customers";

    public string Remedy => "script/customer show names what does not count; set the secrets that script/customer add has named, or take the row out.";

    public async Task<Verdict> LookAsync(Patient patient, CancellationToken cancellationToken)
    {
        var seal = new RowSeal(patient.Secrets, patient.Time, NullLogger<RowSeal>.Instance);
        using var rows = new CachedPartition(
            patient.Storage.Tables().GetTableClient(CustomerList.Table), CustomerList.Partition, seal, patient.Time, NullLogger<CachedPartition>.Instance);
        IReadOnlyList<Customer> customers;
        try
        {
            customers = [.. (await rows.RowsAsync(cancellationToken)).Values.Select(CustomerRow.Read)];
        }
        catch (Exception exception) when (exception is StorageUnavailableException or SecretException)
        {
            return Verdict.Wrong("their table cannot be read, or is not as it was written");
        }

        List<string> wrong = seal.Broken ? ["rows are not as they were written"] : [];
        foreach (var customer in customers)
        {
            wrong.AddRange(CustomerRules.Problems(customer, patient.Operators).Concat(patient.Settled.Apply(customer).Contradictions).Select(problem => $"{customer.Organization} {problem}"));
            foreach (var purpose in customer.Zoom is null ? [] : (string[])[ZoomSecrets.Client, ZoomSecrets.SdkClient, ZoomSecrets.Webhook])
            {
                if (await patient.FindSecretAsync(customer.SecretName(purpose), cancellationToken) is null)
                {
                    wrong.Add($"there is no secret {customer.SecretName(purpose)}");
                }
            }
        }

        return Verdict.Of(wrong, $"{customers.Count} with something of their own");
    }
}
