namespace Microsoft.Azure.Functions.Worker.Builder;

public class FunctionsApplication
{
    /// <param name="args"><c>--port N</c> as for <c>func start</c> (0: any free one), and configuration.</param>
    public static FunctionsApplicationBuilder CreateBuilder(string[] args) => new(args);
}
