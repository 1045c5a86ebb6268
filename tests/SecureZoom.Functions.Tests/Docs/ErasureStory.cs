using System.Text.Json.Nodes;
using SecureZoom.Functions.Tests.Support;

namespace SecureZoom.Functions.Tests.Docs;

/// <summary>Every answer about erasures.</summary>
internal static class ErasureStory
{
    /// <param name="judge">Takes method, path and answer.</param>
    public static async Task TellAsync(Person eraser, string own, Func<string, string, Task<Answer>, Task<Answer>> judge)
    {
        var asked = await judge("POST", "/audit/erasures", AskAsync(eraser, "nobody@acme.example"));
        await judge("POST", "/audit/erasures", AskAsync(eraser, own));
        await judge("GET", "/audit/erasures", eraser.GetAsync("audit/erasures"));
        var one = $"audit/erasures/{asked.Json["id"]}";
        await judge("GET", "/audit/erasures/{erasureId}", eraser.GetAsync(one));
        await judge("GET", "/audit/erasures/{erasureId}", eraser.GetAsync("audit/erasures/none"));
        await judge("DELETE", "/audit/erasures/{erasureId}", eraser.DeleteAsync(one));
        await judge("DELETE", "/audit/erasures/{erasureId}", eraser.DeleteAsync(one));
    }

    private static Task<Answer> AskAsync(Person eraser, string person) =>
        eraser.PostAsync("audit/erasures", new JsonObject { ["person"] = person, ["reason"] = "A test." });
}
