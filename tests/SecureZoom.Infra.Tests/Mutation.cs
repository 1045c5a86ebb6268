namespace SecureZoom.Infra.Tests;

/// <summary>One change of a template to the unsafe, and the rule that must notice it.</summary>
/// <param name="Rule">The rule's name.</param>
/// <param name="File">The template, below the folder.</param>
/// <param name="Safe">Text of the template as it is; its first occurrence is replaced.</param>
/// <param name="Unsafe">What stands there instead.</param>
internal sealed record Mutation(string Rule, string File, string Safe, string Unsafe)
{
    /// <summary>A switch (<c>name: true</c> or <c>name: false</c>) in its other position.</summary>
    internal static Mutation Flip(string rule, string file, string safe) =>
        safe.EndsWith("true", StringComparison.Ordinal)
            ? new(rule, file, safe, $"{safe[..^"true".Length]}false")
            : new(rule, file, safe, $"{safe[..^"false".Length]}true");

    /// <summary>A property left out.</summary>
    internal static Mutation Drop(string rule, string file, string safe) => new(rule, file, safe, "");

    public override string ToString() =>
        $"{Rule}, but {File} has {(Unsafe.Length > 0 ? Unsafe : $"no {Safe}").ReplaceLineEndings(" ").Trim()}";
}
