namespace SecureZoom.Infra.Tests;

/// <summary>One line of the security baseline: its name, and what in a deployment breaks it.</summary>
internal sealed record Rule(string Name, Func<Deployment, IEnumerable<string>> Violations)
{
    /// <summary>A rule on a whole deployment.</summary>
    internal static Rule Holds(string name, Func<Deployment, bool> predicate) =>
        new(name, deployment => predicate(deployment) ? [] : [name]);

    /// <summary>A rule on each resource of a type. None of that type breaks it too: nothing would be proved.</summary>
    internal static Rule Each(string name, string type, Func<Resource, bool> predicate) =>
        new(name, deployment => deployment.All(type).Any()
            ? deployment.All(type).Where(resource => !predicate(resource)).Select(resource => resource.Name)
            : [$"no {type}"]);

    /// <summary>A rule that each resource of a type has one value.</summary>
    internal static Rule Each(string name, string type, string path, string expected) =>
        Each(name, type, resource => resource.Text(path) == expected);

    public override string ToString() => Name;
}
