using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using SecureZoom.Sandbox.Identity;

namespace SecureZoom.EndToEnd.Tests;

/// <summary>Meetings that a test finds made, by calls in somebody's name.</summary>
internal static class ProductMeetings
{
    /// <summary>A new meeting's number.</summary>
    public static async Task<long> CreateMeetingAsync(this Product product, Account host, string topic) =>
        (long)(await PostAsync(product, host, "meetings", new JsonObject { ["topic"] = topic, ["duration"] = 60 }))["id"]!;

    /// <summary>The grant of a new invitation.</summary>
    public static async Task<string> InviteAsync(this Product product, Account host, long meeting, Account guest) =>
        (string)(await PostAsync(product, host, $"meetings/{meeting}/invitations", new JsonObject { ["email"] = guest.Email }))["grant"]!;

    /// <summary>A denial in the trail: somebody who may not host tries to create a meeting.</summary>
    public static async Task BeRefusedAsync(this Product product, Account account)
    {
        using var response = await SendAsync(product, account, "meetings", new JsonObject { ["topic"] = "Not mine to make" });
        Assert.Equal(HttpStatusCode.Forbidden, response.StatusCode);
    }

    private static async Task<JsonObject> PostAsync(Product product, Account account, string path, JsonObject body)
    {
        using var response = await SendAsync(product, account, path, body);
        response.EnsureSuccessStatusCode();
        return (await response.Content.ReadFromJsonAsync<JsonObject>(TestContext.Current.CancellationToken))!;
    }

    private static async Task<HttpResponseMessage> SendAsync(Product product, Account account, string path, JsonObject body)
    {
        using var http = new HttpClient();
        http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", product.Sandbox.Identity.MintToken(account));
        return await http.PostAsJsonAsync(new Uri(product.Sandbox.AppAddress, path), body, TestContext.Current.CancellationToken);
    }
}
