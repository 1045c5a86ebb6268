namespace SecureZoom.LocalHost.Http;

/// <summary>Kestrel on loopback, answering through functions.</summary>
internal static class HttpServer
{
    private const long MaxRequestBodySize = 100 * 1024 * 1024;

    public static void AddHttpServer(this IServiceCollection services) =>
        services.AddCors().PostConfigure<KestrelServerOptions>(kestrel =>
        {
            kestrel.Configure(); // Drops the endpoints of the configuration's Kestrel section.
            kestrel.Limits.MaxRequestBodySize = MaxRequestBodySize;
        });

    public static void UseFunctions(this WebApplication app, IEnumerable<HostedFunction> functions, HostSettings settings)
    {
        // An address given here is one that no setting can change. "localhost" is 127.0.0.1 and [::1], but takes no port 0.
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
        if (context.GetEndpoint()?.Metadata.GetMetadata<HostedFunction>() is not { } function)
        {
            response.StatusCode = StatusCodes.Status404NotFound;
        }
        else if (!await services.GetRequiredService<FunctionInvoker>().TryInvokeAsync(
            new(function, request, new RouteValueDictionary(request.RouteValues), services, context.RequestAborted)))
        {
            if (response.HasStarted)
            {
                context.Abort(); // A client must not take half an answer for a whole one.
                return;
            }

            response.Clear();
            response.StatusCode = StatusCodes.Status500InternalServerError;
        }
    }
}
