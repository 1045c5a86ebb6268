namespace SecureZoom.Functions.Tests.Support;

/// <summary>Tests that listen to the spans of the whole process, or ask more of one storage at once than it answers beside others.</summary>
[CollectionDefinition(Name, DisableParallelization = true)]
public sealed class AloneInTheProcess
{
    public const string Name = "Alone in the process";
}
