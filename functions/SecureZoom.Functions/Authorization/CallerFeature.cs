using Microsoft.AspNetCore.Http;

namespace SecureZoom.Functions.Authorization;

/// <summary>Hands the caller from <see cref="AccessMiddleware"/> to the function.</summary>
internal static class CallerFeature
{
    /// <exception cref="InvalidOperationException">The function is declared <see cref="PublicAttribute"/>.</exception>
    public static Caller Caller(this HttpRequest request) => request.HttpContext.Features.Get<Caller>()
        ?? throw new InvalidOperationException("A public function has no caller.");
}
