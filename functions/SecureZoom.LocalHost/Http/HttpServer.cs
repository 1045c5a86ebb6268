namespace SecureZoom.LocalHost.Http;

/// <summary>Kestrel on loopback, answering through functions.</summary>
internal static class HttpServer
{
    public static void AddHttpServer(this IServiceCollection services) =>
        services.AddCors().PostConfigure<KestrelServerOptions>(kestrel =>
        {
            kestrel.Configure(); // Drops the endpoints of the configuration's Kestrel section.
            kestrel.Limits.MaxRequestBodySize = 100 * 1024 * 1024; // As the real host.
        });

    public static void UseFunctions(this WebApplication app, List<HostedFunction> functions, HostSettings settings)
    {
        // No setting can change an address given here. "localhost" is 127.0.0.1 and [::1], but takes no port 0.
        app.Urls.Add(settings.Port == 0 ? "http://127.0.0.1:0" : $"http://localhost:{settings.Port}");
        app.UseCors(policy => (settings.CorsCredentials ? policy.AllowCredentials() : policy)
            .WithOrigins(settings.CorsOrigins).AllowAnyHeader().AllowAnyMethod());
        app.UseRouting();
        app.Run(AnswerAsync);
        foreach (var function in functions.Where(function => function.Source is HttpRoute))
        {
            var route = (HttpRoute)function.Source;
            app.Map(route.Pattern, AnswerAsync).WithMetadata(function, new HttpMethodMetadata(route.Methods));
        }
    }

    private static async Task AnswerAsync(HttpContext context)
    {
        var (request, response, services) = (context.Request, context.Response, context.RequestServices);
        var function = context.GetEndpoint()?.Metadata.GetMetadata<HostedFunction>();
        if (function is not null && await services.GetRequiredService<FunctionInvoker>().TryInvokeAsync(
            new(function, request, new RouteValueDictionary(request.RouteValues), services, context.RequestAborted)))
        {
            return;
        }

        // Throws when the answer has begun: Kestrel cuts it off then, and no client takes half of it for all.
        response.Clear();
        response.StatusCode = function is null ? 404 : 500;
    }
}
