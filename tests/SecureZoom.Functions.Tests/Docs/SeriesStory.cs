using System.Text.Json.Nodes;
using SecureZoom.Functions.Tests.Support;

namespace SecureZoom.Functions.Tests.Docs;

/// <summary>A series from its plan to who was there, for whoever judges the answers.</summary>
internal static class SeriesStory
{
    public static async Task TellAsync(Func<string, string, Task<Answer>, Task<Answer>> judge, Person carol, OwnZoom zoom)
    {
        var created = await judge("POST", "/meetings", carol.PostAsync("meetings", new JsonObject
        {
            ["topic"] = "Series",
            ["type"] = 8,
            ["start_time"] = "2090-01-01T10:00:00Z",
            ["recurrence"] = new JsonObject { ["type"] = 3, ["monthly_week"] = -1, ["monthly_week_day"] = 2, ["end_times"] = 2 },
        }));
        var (id, occurrence) = (created.Json["id"]!.ToString(), (string?)created.Json["occurrences"]![0]!["occurrence_id"]);
        await judge("GET", "/meetings", carol.GetAsync("meetings?query=series"));
        await judge("GET", "/meetings/{id}", carol.GetAsync($"meetings/{id}?occurrence_id={occurrence}"));
        await judge("PATCH", "/meetings/{id}", carol.PatchAsync($"meetings/{id}?occurrence_id={occurrence}", new JsonObject { ["duration"] = 20 }));
        await judge("GET", "/meetings/{id}/calendar", carol.GetAsync($"meetings/{id}/calendar"));
        await judge("DELETE", "/meetings/{id}", carol.DeleteAsync($"meetings/{id}?occurrence_id={occurrence}"));
        await judge("GET", "/meetings/{id}", carol.GetAsync($"meetings/{id}?occurrence_id={occurrence}"));
        await judge("GET", "/meetings/{id}", carol.GetAsync($"meetings/{id}?unknown={occurrence}"));
        await zoom.LetAsync("start", id);
        await zoom.LetAsync("join", id, new JsonObject { ["user_name"] = "Ann", ["email"] = "ann@guest.example" });
        await zoom.LetAsync("join", id, new JsonObject { ["user_name"] = "Ben" });
        await zoom.LetAsync("end", id);
        await judge("GET", "/meetings/{id}/participants", carol.GetAsync($"meetings/{id}/participants?pageSize=1"));
        await judge("GET", "/meetings/{id}/participants", carol.GetAsync($"meetings/{id}/participants?pageSize=0"));
    }
}
