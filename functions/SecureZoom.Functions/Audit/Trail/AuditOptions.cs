using System.Security.Cryptography;
using System.Text;
using SecureZoom.Functions.Settings;

namespace SecureZoom.Functions.Audit.Trail;

/// <summary>What this deployment's logs are called, and how long their records are kept: <c>Audit:Origin</c>, <c>Audit:RetainFor</c>.</summary>
/// <param name="Origin">A name without scheme and blanks, by custom a domain and a path: the same for ever, since checkpoints are signed under it.</param>
/// <param name="RetainFor">Null for ever.</param>
public sealed record AuditOptions(string Origin, TimeSpan? RetainFor = null)
{
    /// <summary>The origin where none is set.</summary>
    public const string Local = "localhost/audit";

    private const string Setting = "Audit:Origin";
    private const string RetainForSetting = "Audit:RetainFor";
    private const int MaxLength = 200;

    /// <summary>What comes twice comes within that time: with a record goes what keeps its event from being recorded again.</summary>
    internal static readonly TimeSpan Least = TimeSpan.FromDays(32);

    /// <summary>The origin of an organisation's log: opaque to whoever does not know the organisation's id, such as a witness.</summary>
    public string LogOf(string organization) => $"{Origin}/{FolderOf(organization)}";

    /// <summary>The last part of it, 32 hex digits, which names the log where checkpoints are kept.</summary>
    public string FolderOf(string organization) =>
        Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes($"{Origin}\n{organization}")).AsSpan(0, 16));

    internal static AuditOptions Read(SettingsReader settings)
    {
        var origin = settings.IsInAzure ? settings.Required(Setting) : settings.Optional(Setting, Local);
        if (origin.Length > MaxLength || !origin.All(character => char.IsAsciiLetterOrDigit(character) || character is '.' or '-' or '/' or ':' or '_'))
        {
            settings.AddError(Setting, $"is not a name of letters, digits and . - / : _, {MaxLength} at most");
        }

        return new AuditOptions(origin, ReadRetainFor(settings));
    }

    private static TimeSpan? ReadRetainFor(SettingsReader settings)
    {
        if (settings.Optional(RetainForSetting) is null)
        {
            return null;
        }

        var retained = settings.Duration(RetainForSetting, TimeSpan.Zero);
        if (retained > TimeSpan.Zero && retained < Least)
        {
            settings.AddError(RetainForSetting, $"is less than {Least.Days} days");
        }

        return retained;
    }
}
