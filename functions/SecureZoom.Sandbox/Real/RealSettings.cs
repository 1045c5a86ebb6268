using System.Text.Json;
using System.Text.Json.Nodes;
using SecureZoom.Sandbox.Hosting;

namespace SecureZoom.Sandbox.Real;

/// <summary>The app's settings for real accounts: those of one's own file, what was asked for, and what this machine adds.</summary>
internal sealed class RealSettings
{
    /// <summary>Keys of our own, which nobody types: made once, and kept with the data that they seal.</summary>
    private static readonly string[] OwnKeys = ["grant-key", "cursor-key", "audit-message-key", "audit-checkpoint-key", "audit-note-key", "storage-seal-key"];

    private static readonly JsonDocumentOptions Lenient = new() { CommentHandling = JsonCommentHandling.Skip, AllowTrailingCommas = true };

    private readonly Dictionary<string, string> _values;

    private RealSettings(Dictionary<string, string> values) => _values = values;

    /// <summary>The setting of that name, with <c>__</c> between its parts.</summary>
    public string this[string name] => _values[name];

    /// <summary>Reads the file, then what was typed before, and asks for what is still missing.</summary>
    /// <param name="ask">Asks for one value; null where nobody can be asked.</param>
    /// <exception cref="SandboxException">A file is damaged, or something is missing and nobody can be asked; the message lists all of it.</exception>
    public static async Task<RealSettings> LoadAsync(RealOptions options, Func<RealValue, string?>? ask, CancellationToken cancellationToken)
    {
        var typedFile = Path.Combine(options.Parts.Data, "typed.json");
        var typed = await SecretFile.ReadAsync<Dictionary<string, string>>(typedFile, cancellationToken) ?? [];
        var values = await ReadAsync(options.SettingsFile, cancellationToken);
        foreach (var (name, value) in typed)
        {
            // The file goes first: it is where one corrects what one has typed.
            if (RealValue.IsMissing(values.GetValueOrDefault(name)))
            {
                values[name] = value;
            }
        }

        var missing = RealValue.All.Where(value => RealValue.IsMissing(values.GetValueOrDefault(value.Name))).ToList();
        if (missing.Count > 0 && ask is null)
        {
            throw new SandboxException(
                $"These are missing in {options.SettingsFile}:{Environment.NewLine}{string.Join(Environment.NewLine, missing.Select(value => $"  {value.Name}  ({value.Where})"))}");
        }

        foreach (var value in missing)
        {
            var given = ask!(value)?.Trim();
            values[value.Name] = typed[value.Name] = RealValue.IsMissing(given) ? throw new SandboxException($"{value.Name} is missing ({value.Where}).") : given!;
        }

        if (missing.Count > 0)
        {
            await SecretFile.WriteAsync(typedFile, typed, cancellationToken);
        }

        return new RealSettings(values);
    }

    /// <summary>The identity provider, as the site and its policy name it.</summary>
    public Uri Identity => new(_values["Auth0__Domain"].Contains("://", StringComparison.Ordinal) ? _values["Auth0__Domain"] : $"https://{_values["Auth0__Domain"]}");

    /// <summary>What the app runs with.</summary>
    public IReadOnlyDictionary<string, string> ForApp(SandboxSecrets keys, string storage, Uri site)
    {
        var settings = new Dictionary<string, string>(_values);
        settings.Remove(RealValue.Auth0ClientId);
        settings["FUNCTIONS_WORKER_RUNTIME"] = "dotnet-isolated";
        settings["AzureWebJobsStorage"] = settings["Audit"] = storage;
        settings["Site__Url"] = site.GetLeftPart(UriPartial.Authority);
        // The local host writes the caller into X-Forwarded-For, as the front end in Azure does.
        settings["Http__ForwardedHops"] = "1";
        settings.TryAdd("Auth0__Organizations", "*");
        settings.TryAdd("Zoom__Accounts__0__Organizations", "*");
        settings.TryAdd("Audit__Origin", AppSettings.AuditOrigin);
        foreach (var name in OwnKeys.Where(name => RealValue.IsMissing(settings.GetValueOrDefault($"Secrets__{name}"))))
        {
            settings[$"Secrets__{name}"] = keys[name];
        }

        return settings;
    }

    private static async Task<Dictionary<string, string>> ReadAsync(string file, CancellationToken cancellationToken)
    {
        if (!File.Exists(file))
        {
            return [];
        }

        try
        {
            var values = JsonNode.Parse(await File.ReadAllTextAsync(file, cancellationToken), documentOptions: Lenient)?["Values"]?.AsObject();
            return values?.Where(value => value.Value is not null)
                .ToDictionary(value => value.Key.Replace(":", "__", StringComparison.Ordinal), value => value.Value!.ToString()) ?? [];
        }
        catch (Exception exception) when (exception is JsonException or InvalidOperationException)
        {
            throw new SandboxException($"{file} is not a file of settings: it has to have an object Values, as local.settings.example.json.", exception);
        }
    }
}
