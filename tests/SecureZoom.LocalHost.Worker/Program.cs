using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Azure.Functions.Worker.Builder;
using Microsoft.Azure.Functions.Worker.Core.FunctionMetadata;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using SecureZoom.LocalHost.Worker;

switch (Environment.GetEnvironmentVariable("Worker__Start"))
{
    case "fails":
        await Console.Error.WriteLineAsync("The worker lacks a setting.");
        return 7;
    case "fails once" when !File.Exists("failed"):
        await File.WriteAllTextAsync("failed", "");
        await Console.Error.WriteLineAsync("The worker lacks a port.");
        return 134;
    case "says nothing":
        Console.WriteLine("The worker says nothing.");
        await Task.Delay(Timeout.Infinite);
        break;
    default:
        break;
}

var builder = FunctionsApplication.CreateBuilder(args);
builder.ConfigureFunctionsWebApplication();
builder.Services.Configure<KestrelServerOptions>(kestrel => kestrel.Limits.MaxRequestBodySize = null);
builder.Services.AddSingleton<Stage>();
builder.Services.AddSingleton<IFunctionMetadataProvider, ChosenFunctions>();
await builder.Build().RunAsync();
return 0;
