namespace SecureZoom.LocalHost.Hosting;

/// <summary>Makes web servers that listen where the code says and nowhere else.</summary>
internal static class Loopback
{
    /// <summary>Kestrel alone. The usual builders read settings that could add an address, and watch files.</summary>
    public static WebApplicationBuilder CreateBuilder()
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore();
        builder.Services.AddRoutingCore();
        builder.Services.AddSingleton<IHostLifetime, NoLifetime>();
        return builder;
    }
}
