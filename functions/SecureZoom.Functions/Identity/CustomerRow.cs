using Azure.Data.Tables;

namespace SecureZoom.Functions.Identity;

/// <summary>A customer as a row of the table <c>customers</c>: the organisation's id is the key, what it does not have is not there.</summary>
internal static class CustomerRow
{
    private const string Issuer = "Issuer";
    private const string Audience = "Audience";
    private const string ZoomAccount = "ZoomAccount";
    private const string ZoomClient = "ZoomClient";
    private const string ZoomSdkClient = "ZoomSdkClient";
    private const string EmailDomains = "EmailDomains";

    public static TableEntity Write(Customer customer) => new()
    {
        RowKey = customer.Organization,
        [Issuer] = customer.Issuer?.Issuer,
        [Audience] = customer.Issuer?.Audience,
        [ZoomAccount] = customer.Zoom?.AccountId,
        [ZoomClient] = customer.Zoom?.ClientId,
        [ZoomSdkClient] = customer.Zoom?.SdkClientId,
        [EmailDomains] = customer.EmailDomains.Count == 0 ? null : string.Join(' ', customer.EmailDomains),
    };

    public static Customer Read(TableEntity row) => new(row.RowKey)
    {
        Issuer = row.GetString(Issuer) is { } issuer ? new CustomerIssuer(issuer, row.GetString(Audience) ?? "") : null,
        Zoom = row.GetString(ZoomAccount) is { } account
            ? new CustomerZoom(account, row.GetString(ZoomClient) ?? "", row.GetString(ZoomSdkClient) ?? "")
            : null,
        EmailDomains = row.GetString(EmailDomains)?.Split(' ', StringSplitOptions.RemoveEmptyEntries) ?? [],
    };
}
