using System.Text.Json.Nodes;
using SecureZoom.Functions.Audit.Recording;
using SecureZoom.Functions.Audit.Trail;
using SecureZoom.Functions.Authorization;
using SecureZoom.Functions.Http;

namespace SecureZoom.Functions.Audit.Reading;

/// <summary>Says that findings about a trail are known; first in that trail, and in the operator's own.</summary>
public sealed class KnownFindings(TrailFindings findings, AuditRecorder audit, TimeProvider time)
{
    private const int MaxReason = 200;

    /// <returns>All findings about the trail, as they are then.</returns>
    public async Task<IReadOnlyList<TrailFinding>> AcknowledgeAsync(CallContext call, FindingsKnown known, CancellationToken cancellationToken)
    {
        var organization = AuditScope.Of(call.Caller, known.Organization);
        if (known.Reason.Trim().Length is 0 or > MaxReason)
        {
            throw new RequestException(RequestError.Invalid, "reason is a sentence of 200 characters at the most.");
        }

        var before = await findings.ReadAsync(organization, cancellationToken);
        string[] open = [.. before.Where(finding => finding.KnownSince is null && known.Findings.Contains(finding.Id)).Select(finding => finding.Id)];
        if (open.Length == 0)
        {
            return before;
        }

        var record = call.Event(
            time.GetUtcNow(),
            AuditActions.AuditFindingsKnown,
            AuditOutcomes.Success,
            new AuditTarget("audit", organization),
            details: new JsonObject { ["organization"] = organization, ["findings"] = new JsonArray([.. open.Select(id => JsonValue.Create(id))]), ["reason"] = known.Reason });
        await audit.RecordAsync(record.Organization == organization ? record : record.WithOwner(organization), cancellationToken);
        return await findings.AcknowledgeAsync(organization, open, cancellationToken);
    }
}
