namespace SecureZoom.Infra.Tests;

/// <summary>A copy of the templates to spoil, without the linter's settings: a mutant need not be clean.</summary>
internal sealed class TemplateCopy : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("securezoom-infra-");

    internal TemplateCopy()
    {
        foreach (var file in Infra.Files.Append(Infra.Workbook))
        {
            Directory.CreateDirectory(Path.GetDirectoryName(PathOf(file))!);
            File.Copy(Infra.PathOf(file), PathOf(file));
        }
    }

    /// <summary>The templates as they are, for an environment of a size.</summary>
    internal static TemplateCopy OfSize(string size)
    {
        var copy = new TemplateCopy();
        copy.Replace(Infra.ParameterFile, $"'SECUREZOOM_SIZE', '{Infra.Sizes[0]}'", $"'SECUREZOOM_SIZE', '{size}'");
        return copy;
    }

    internal string PathOf(string file) => Path.Combine(_folder.FullName, file);

    /// <summary>Replaces the first occurrence. A text that is not there is an error: no mutation goes stale.</summary>
    internal void Replace(string file, string from, string to) =>
        Rewrite(file, text => text.IndexOf(from, StringComparison.Ordinal) is >= 0 and var at
            ? string.Concat(text.AsSpan(0, at), to, text.AsSpan(at + from.Length))
            : throw new InvalidOperationException($"{file} does not contain '{from}'."));

    internal void Rewrite(string file, Func<string, string> change) =>
        File.WriteAllText(PathOf(file), change(File.ReadAllText(PathOf(file))));

    public void Dispose() => _folder.Delete(recursive: true);
}
