using SecureZoom.Functions.Settings;

namespace SecureZoom.Operator.Checkup;

internal sealed class SettingsCheck : ICheck
{
    public string Subject => "settings";

    public string Remedy => "Correct them where they are (azd's environment and azd provision, or local.settings.json); the README has a table of all of them.";

    public Task<Verdict> LookAsync(Patient patient, CancellationToken cancellationToken)
    {
        try
        {
            using var product = Product.Compose(patient.Values);
            return Task.FromResult(Verdict.Right($"{patient.Values.Count} settings, with which the app starts"));
        }
        catch (SettingsException exception)
        {
            return Task.FromResult(Verdict.Of(exception.Problems, ""));
        }
    }
}
