namespace SecureZoom.Functions.Health;

/// <summary>What <c>GET /api/health</c> calls things: docs/operate.md says of each what it means and what to do.</summary>
internal static class HealthNames
{
    public const string AuditQueue = "audit-queue";
    public const string AuditTable = "audit-table";
    public const string AuditBlobs = "audit-blobs";
    public const string AccessTable = "access-table";
    public const string Withdrawals = "withdrawals";
    public const string EndedAccess = "ended-access";
    public const string Customers = "customers";
    public const string Secrets = "secrets";

    public const string AuditTrail = "audit-trail";
    public const string AuditQuarantine = "audit-quarantine";
    public const string AuditPoison = "audit-poison";
    public const string EmailDomains = "email-domains";
    public const string EndedAccessFull = "ended-access-full";
    public const string IdentityEvents = "identity-events";
    public const string SealedRows = "sealed-rows";
    public const string ZoomApp = "zoom-app";

    /// <summary>What may be down.</summary>
    public static IReadOnlyList<string> Parts { get; } = [AuditQueue, AuditTable, AuditBlobs, AccessTable, Withdrawals, EndedAccess, Customers, Secrets];

    /// <summary>What works, and may want an operator's look.</summary>
    public static IReadOnlyList<string> Attention { get; } = [AuditTrail, AuditQuarantine, AuditPoison, EmailDomains, EndedAccessFull, IdentityEvents, SealedRows, ZoomApp];
}
