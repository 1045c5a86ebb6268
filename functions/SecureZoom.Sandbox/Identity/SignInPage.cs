using System.Net;
using System.Net.Mime;
using System.Text;
using Microsoft.AspNetCore.Http;

namespace SecureZoom.Sandbox.Identity;

/// <summary>The sign-in page: one click for each account, or an address and a password.</summary>
internal static class SignInPage
{
    private const string Style =
        """
        :root { color-scheme: light dark; --ink: #17202e; --soft: #5b6779; --line: #d5dbe5; --paper: #fff; --ground: #eef2f7; --accent: #0b5cff; }
        @media (prefers-color-scheme: dark) { :root { --ink: #eef2f7; --soft: #a7b3c4; --line: #354153; --paper: #18212f; --ground: #0e141e; --accent: #6ea0ff; } }
        * { box-sizing: border-box; }
        body { margin: 0; min-height: 100vh; display: grid; place-items: center; padding: 1.5rem; background: var(--ground); color: var(--ink); font: 1rem/1.5 system-ui, sans-serif; }
        main { width: min(27rem, 100%); padding: 2rem; background: var(--paper); border: 1px solid var(--line); border-radius: 1rem; }
        h1 { margin: 0; font-size: 1.4rem; }
        h2 { margin: 1.5rem 0 .5rem; font-size: .85rem; color: var(--soft); font-weight: 600; }
        p { margin: .25rem 0 0; color: var(--soft); }
        [role=alert] { margin-top: 1rem; color: #c01c28; font-weight: 600; }
        ul { margin: 0; padding: 0; list-style: none; display: grid; gap: .5rem; }
        button, input { width: 100%; font: inherit; border-radius: .6rem; border: 1px solid var(--line); padding: .55rem .8rem; background: var(--paper); color: inherit; }
        button { cursor: pointer; text-align: left; }
        button:hover, button:focus-visible, input:focus-visible { border-color: var(--accent); outline: 2px solid var(--accent); outline-offset: 0; }
        button span { display: block; font-size: .85rem; color: var(--soft); }
        button.primary { margin-top: 1rem; text-align: center; font-weight: 600; background: #0b5cff; border-color: #0b5cff; color: #fff; }
        label { display: block; margin-top: .75rem; font-size: .9rem; }
        """;

    /// <summary>Answers the style sheet.</summary>
    public static IResult StyleSheet() => Results.Text(Style, MediaTypeNames.Text.Css, Encoding.UTF8);

    /// <summary>Answers the page, with a message when the last try failed.</summary>
    public static async Task WriteAsync(HttpContext context, Uri site, string? message)
    {
        var accounts = string.Concat(Accounts.All.Select(account =>
            $"""
            <li><button name="username" value="{account.Email}">{Html(account.Name)}<span>{Html(Describe(account))}</span></button></li>

            """));
        var hint = Html(context.Request.Query["login_hint"].ToString());

        Head(context, site, message);
        await context.Response.WriteAsync(
            $"""
            <!doctype html>
            <html lang="en">
            <head>
              <meta charset="utf-8">
              <meta name="viewport" content="width=device-width">
              <title>Sign in · SecureZoom sandbox</title>
              <link rel="stylesheet" href="/u/login.css">
            </head>
            <body>
              <main>
                <h1>Sign in to SecureZoom</h1>
                <p>This is the sandbox: pick one of its accounts.</p>
                {(message is null ? "" : $"<p role=\"alert\">{Html(message)}</p>")}
                <form method="post">
                  <h2>Accounts</h2>
                  <input type="hidden" name="password" value="{Account.Password}">
                  <ul>
                    {accounts}
                  </ul>
                </form>
                <form method="post">
                  <h2>Or with address and password</h2>
                  <label>Email address <input name="username" type="email" autocomplete="username" value="{hint}" required></label>
                  <label>Password <input name="password" type="password" autocomplete="current-password" required></label>
                  <button class="primary">Continue</button>
                </form>
              </main>
            </body>
            </html>
            """,
            context.RequestAborted);
    }

    /// <summary>Answers the page that asks for the second factor's code, and shows it, since nobody here has an authenticator.</summary>
    public static async Task WriteCodeAsync(HttpContext context, Uri site, Account account, string code, string? message)
    {
        Head(context, site, message);
        await context.Response.WriteAsync(
            $"""
            <!doctype html>
            <html lang="en">
            <head>
              <meta charset="utf-8">
              <meta name="viewport" content="width=device-width">
              <title>Second factor · SecureZoom sandbox</title>
              <link rel="stylesheet" href="/u/login.css">
            </head>
            <body>
              <main>
                <h1>Second factor</h1>
                <p>The authenticator of {Html(account.Email)} shows <strong>{Html(code)}</strong>.</p>
                {(message is null ? "" : $"<p role=\"alert\">{Html(message)}</p>")}
                <form method="post">
                  <input type="hidden" name="username" value="{Html(account.Email)}">
                  <input type="hidden" name="password" value="{Account.Password}">
                  <label>Code <input name="code" inputmode="numeric" autocomplete="one-time-code" required></label>
                  <button class="primary">Continue</button>
                </form>
              </main>
            </body>
            </html>
            """,
            context.RequestAborted);
    }

    private static void Head(HttpContext context, Uri site, string? message)
    {
        context.Response.StatusCode = message is null ? StatusCodes.Status200OK : StatusCodes.Status400BadRequest;
        context.Response.ContentType = $"{MediaTypeNames.Text.Html}; charset=utf-8";
        context.Response.Headers.CacheControl = "no-store";
        // form-action also governs where the form's answer redirects to: back to the site.
        context.Response.Headers.ContentSecurityPolicy =
            $"default-src 'none'; style-src 'self'; form-action 'self' {site.GetLeftPart(UriPartial.Authority)}; frame-ancestors 'none'; base-uri 'none'";
        context.Response.Headers.XContentTypeOptions = "nosniff";
        context.Response.Headers["Referrer-Policy"] = "no-referrer";
    }

    private static string Describe(Account account) =>
        string.Join(" · ", new[] { account.Email, account.OrganizationName ?? "no organisation", account.Group }.OfType<string>());

    private static string Html(string text) => WebUtility.HtmlEncode(text);
}
