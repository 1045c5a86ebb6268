using System.Collections.Concurrent;
using Microsoft.Playwright;

namespace SecureZoom.EndToEnd.Tests;

/// <summary>Between a page and the API: lets the API's answers through when told to, who somebody is apart from the rest.</summary>
internal sealed class SlowApi
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(3);

    private readonly IPage _page;
    private readonly Held _me = new();
    private readonly Held _rest = new();

    private SlowApi(IPage page) => _page = page;

    public static async Task<SlowApi> HoldAsync(IPage page, Uri api)
    {
        var slow = new SlowApi(page);
        await page.RouteAsync(
            address => address.StartsWith(api.AbsoluteUri, StringComparison.Ordinal),
            route => (route.Request.Url.EndsWith("/me", StringComparison.Ordinal) ? slow._me : slow._rest).AnswerAsync(route));
        return slow;
    }

    /// <summary>Done when the page has drawn what has come.</summary>
    public Task AnswerMeAsync() => ReleaseAsync(_me);

    /// <inheritdoc cref="AnswerMeAsync"/>
    public Task AnswerRestAsync() => ReleaseAsync(_rest);

    private async Task ReleaseAsync(Held held)
    {
        held.Released.SetResult();
        await Task.WhenAll(held.Answers).WaitAsync(Patience, TestContext.Current.CancellationToken);
        await _page.EvaluateAsync("() => new Promise(drawn => requestAnimationFrame(() => requestAnimationFrame(drawn)))");
    }

    private sealed class Held
    {
        public TaskCompletionSource Released { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public ConcurrentBag<Task> Answers { get; } = [];

        public Task AnswerAsync(IRoute route)
        {
            var answer = ContinueAsync(route);
            Answers.Add(answer);
            return answer;
        }

        private async Task ContinueAsync(IRoute route)
        {
            await Released.Task;
            await route.ContinueAsync();
            await (await route.Request.ResponseAsync())!.FinishedAsync();
        }
    }
}
