namespace SecureZoom.Operator.Checkup;

internal sealed class ZoomAccountCheck : ICheck
{
    public string Subject => "Zoom: Server-to-Server app";

    public string Remedy => "Copy account id, client id and client secret once more from the app's page at marketplace.zoom.us, and see that the app is activated.";

    public async Task<Verdict> LookAsync(Patient patient, CancellationToken cancellationToken)
    {
        var (wrong, right) = (new List<string>(), new List<string>());
        foreach (var account in (await patient.ZoomAccountsAsync(cancellationToken)).All)
        {
            var answer = await patient.AskZoomAsync(account, cancellationToken);
            if (answer.Problem is { } problem)
            {
                wrong.Add($"{account.AccountId}: {problem}");
            }
            else
            {
                right.Add($"{account.AccountId} for {string.Join(", ", account.Organizations)}");
            }
        }

        return Verdict.Of(wrong, string.Join("; ", right));
    }
}
