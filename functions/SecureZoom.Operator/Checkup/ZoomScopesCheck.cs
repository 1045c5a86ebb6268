using SecureZoom.Functions.Zoom;

namespace SecureZoom.Operator.Checkup;

internal sealed class ZoomScopesCheck : ICheck
{
    public string Subject => "Zoom: scopes";

    public string Remedy => "Add what is missing and take away the rest under Scopes of the Server-to-Server app: docs/setup.md lists each with its reason.";

    public async Task<Verdict> LookAsync(Patient patient, CancellationToken cancellationToken)
    {
        var wrong = new List<string>();
        var asked = 0;
        foreach (var account in (await patient.ZoomAccountsAsync(cancellationToken)).All)
        {
            var answer = await patient.AskZoomAsync(account, cancellationToken);
            if (answer.Token is null)
            {
                continue;
            }

            asked++;
            wrong.AddRange(ZoomScopes.Missing(answer.Scopes).Select(scope => $"{account.AccountId} lacks {scope}"));
            wrong.AddRange(ZoomScopes.Excessive(answer.Scopes).Select(scope => $"{account.AccountId} has {scope}, which nothing needs"));
        }

        return asked == 0 ? Verdict.NotLookedAt("a token of Zoom's names them") : Verdict.Of(wrong, "those that are needed, and no other");
    }
}
