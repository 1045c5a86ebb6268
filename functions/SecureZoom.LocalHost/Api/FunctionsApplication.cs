namespace Microsoft.Azure.Functions.Worker.Builder;

public class FunctionsApplication
{
    /// <param name="args"><c>--port N</c> as <c>func start</c> takes it (0: any free port); the rest is configuration.</param>
    public static FunctionsApplicationBuilder CreateBuilder(string[] args) => new(args);
}
