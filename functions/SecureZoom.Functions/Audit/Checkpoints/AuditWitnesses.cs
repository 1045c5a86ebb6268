using SecureZoom.Functions.Settings;

namespace SecureZoom.Functions.Audit.Checkpoints;

/// <summary>The witnesses that the settings name: <c>Audit:Witnesses</c>. None, unless they do.</summary>
public sealed record AuditWitnesses(IReadOnlyList<AuditWitness> All)
{
    private const string Setting = "Audit:Witnesses";

    /// <summary>Their vkeys.</summary>
    public IReadOnlyList<string> Keys => [.. All.Select(witness => witness.Key.ToString())];

    internal static AuditWitnesses Read(SettingsReader settings)
    {
        AuditWitness[] all = [.. settings.Items(Setting).Select(name => AuditWitness.Read(settings, name)).OfType<AuditWitness>()];
        if (all.DistinctBy(witness => witness.Key.ToString()).Count() < all.Length)
        {
            settings.AddError(Setting, "names a witness twice");
        }

        return new AuditWitnesses(all);
    }
}
