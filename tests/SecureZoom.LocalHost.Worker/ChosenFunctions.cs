using System.Collections.Immutable;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Azure.Functions.Worker.Core.FunctionMetadata;
using Microsoft.Extensions.Configuration;

namespace SecureZoom.LocalHost.Worker;

/// <summary>Lists the functions of the trigger types that the setting <c>Triggers</c> names, or instead one with the binding <c>Odd</c>.</summary>
public sealed class ChosenFunctions(IConfiguration settings) : IFunctionMetadataProvider
{
    public async Task<ImmutableArray<IFunctionMetadata>> GetFunctionMetadataAsync(string directory)
    {
        var all = await new GeneratedFunctionMetadataProvider().GetFunctionMetadataAsync(directory);
        if (settings["Odd"] is { } binding)
        {
            var like = all.Single(function => function.Name == nameof(Pages.Nothing));
            return [new DefaultFunctionMetadata
            {
                Name = "Odd", EntryPoint = like.EntryPoint, Language = like.Language, ScriptFile = like.ScriptFile, RawBindings = [binding],
            }];
        }

        var triggers = (settings["Triggers"] ?? "httpTrigger").Split(',');
        return [.. all.Where(function => triggers.Any(trigger => function.RawBindings![0].Contains($"\"{trigger}\"", StringComparison.Ordinal)))];
    }
}
