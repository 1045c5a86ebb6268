using System.Globalization;
using Microsoft.Extensions.Configuration;

namespace SecureZoom.Functions.Settings;

/// <summary>Reads settings and gathers what is wrong with them, so that the start fails once with the whole list.</summary>
/// <remarks>Lists may be one value (separated by commas or spaces) or numbered children (<c>Name:0</c>, <c>Name:1</c>).</remarks>
public sealed class SettingsReader(IConfiguration configuration)
{
    private static readonly char[] Separators = [',', ' ', ';'];

    private readonly List<string> _problems = [];

    /// <summary>Whether the app runs in Azure, whose platform sets this variable.</summary>
    public bool IsInAzure => Optional("WEBSITE_SITE_NAME") is not null;

    /// <summary>The children <c>0</c>, <c>1</c>, ... of a section, each under its full name.</summary>
    public IReadOnlyList<string> Items(string name)
    {
        var children = configuration.GetSection(name).GetChildren().ToList();
        foreach (var child in children.Where(child => !IsIndex(child.Key)))
        {
            AddError(child.Path, "is not numbered");
        }

        return [.. children.Where(child => IsIndex(child.Key)).Select(child => child.Path)];
    }

    public string Required(string name)
    {
        var value = Optional(name);
        if (value is null)
        {
            AddError(name, "is missing");
        }

        return value ?? "";
    }

    public string? Optional(string name) =>
        string.IsNullOrWhiteSpace(configuration[name]) ? null : configuration[name]!.Trim();

    public string Optional(string name, string otherwise) => Optional(name) ?? otherwise;

    public bool Flag(string name)
    {
        var value = Optional(name);
        if (value is null)
        {
            return false;
        }

        if (!bool.TryParse(value, out var flag))
        {
            AddError(name, "is neither true nor false");
        }

        return flag;
    }

    public TimeSpan Duration(string name, TimeSpan otherwise)
    {
        var value = Optional(name);
        if (value is null)
        {
            return otherwise;
        }

        if (!TimeSpan.TryParse(value, CultureInfo.InvariantCulture, out var duration) || duration < TimeSpan.Zero)
        {
            AddError(name, "is not a duration such as 01:30:00");
        }

        return duration;
    }

    /// <summary>A whole number within a range.</summary>
    public int Number(string name, int otherwise, int least, int most)
    {
        var value = Optional(name);
        if (value is null)
        {
            return otherwise;
        }

        if (!int.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out var number)
            || number < least || number > most)
        {
            AddError(name, $"is not a whole number from {least} to {most}");
        }

        return number;
    }

    public IReadOnlyList<string> List(string name)
    {
        var section = configuration.GetSection(name);
        var values = section.GetChildren().Where(child => IsIndex(child.Key)).Select(child => child.Value);
        return [.. values.Prepend(section.Value)
            .SelectMany(value => (value ?? "").Split(Separators, StringSplitOptions.RemoveEmptyEntries))
            .Distinct(StringComparer.Ordinal)];
    }

    public IReadOnlyList<string> RequiredList(string name)
    {
        var values = List(name);
        if (values.Count == 0)
        {
            AddError(name, "is missing");
        }

        return values;
    }

    /// <summary>An absolute https address; http is taken on loopback only, where nobody listens in.</summary>
    public Uri Address(string name, string? otherwise = null)
    {
        var value = otherwise is null ? Required(name) : Optional(name, otherwise);
        if (Uri.TryCreate(value, UriKind.Absolute, out var address) && IsSafe(address))
        {
            return address;
        }

        if (value.Length > 0)
        {
            AddError(name, "is not an https address (http is allowed on loopback only)");
        }

        return new Uri("https://invalid.example/");
    }

    /// <summary>Adds to the list; the same problem twice is there once.</summary>
    public void AddError(string name, string problem)
    {
        var whole = $"{name} {problem}";
        if (!_problems.Contains(whole))
        {
            _problems.Add(whole);
        }
    }

    /// <exception cref="SettingsException">A setting is missing or malformed; the message lists all of them.</exception>
    public void ThrowIfWrong()
    {
        if (_problems.Count > 0)
        {
            throw new SettingsException(_problems);
        }
    }

    internal static bool IsSafe(Uri address) =>
        address.UserInfo.Length == 0 && address.Query.Length == 0 && address.Fragment.Length == 0
        && (address.Scheme == Uri.UriSchemeHttps || (address.Scheme == Uri.UriSchemeHttp && address.IsLoopback));

    private static bool IsIndex(string key) => int.TryParse(key, NumberStyles.None, CultureInfo.InvariantCulture, out _);
}
