namespace SecureZoom.Infra.Tests;

/// <summary>One change of a template to the unsafe, and the rule that must notice it.</summary>
/// <param name="Rule">The rule's name.</param>
/// <param name="File">The template, below the folder.</param>
/// <param name="Safe">Text of the template as it is; its first occurrence is replaced.</param>
/// <param name="Unsafe">What stands there instead.</param>
internal sealed record Mutation(string Rule, string File, string Safe, string Unsafe)
{
    public override string ToString() =>
        $"{Rule}, but {File} has {(Unsafe.Length > 0 ? Unsafe : "no " + Safe).ReplaceLineEndings(" ").Trim()}";
}
