using System.Buffers.Text;
using System.Collections.Concurrent;
using System.Security.Cryptography;
using Microsoft.AspNetCore.Http;

namespace SecureZoom.Sandbox.Identity;

/// <summary>Who is signed in to the identity provider, by cookie.</summary>
internal sealed class Sessions(Uri issuer)
{
    private readonly ConcurrentDictionary<string, (Account Account, SignIn SignIn)> _accounts = new();

    // Browsers do not tell ports of one host apart: two sandboxes must not share a cookie.
    private readonly string _cookie = $"sandbox-session-{issuer.Port}";

    /// <summary>The account that this browser is signed in with, and since when; null for none.</summary>
    public (Account Account, SignIn SignIn)? Find(HttpContext context) =>
        context.Request.Cookies.TryGetValue(_cookie, out var id) && _accounts.TryGetValue(id, out var session) ? session : null;

    /// <summary>Signs this browser in, under a new id.</summary>
    public void Begin(HttpContext context, Account account, SignIn signIn)
    {
        End(context);
        var id = Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(24));
        _accounts[id] = (account, signIn);
        context.Response.Cookies.Append(_cookie, id, new CookieOptions { HttpOnly = true, SameSite = SameSiteMode.Lax });
    }

    /// <summary>Signs somebody out of every browser.</summary>
    public void EndAll(Account account)
    {
        foreach (var (id, _) in _accounts.Where(session => session.Value.Account == account))
        {
            _accounts.TryRemove(id, out _);
        }
    }

    /// <summary>Signs this browser out.</summary>
    public void End(HttpContext context)
    {
        if (context.Request.Cookies.TryGetValue(_cookie, out var id))
        {
            _accounts.TryRemove(id, out _);
            context.Response.Cookies.Delete(_cookie);
        }
    }
}
