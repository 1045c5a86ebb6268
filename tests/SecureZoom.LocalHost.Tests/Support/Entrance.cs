using System.Text.Json;

namespace SecureZoom.LocalHost.Tests.Support;

/// <summary>A function that has begun and waits to be told what to do.</summary>
/// <param name="Cue">By which the test knows it: a message, a route's value.</param>
/// <param name="Data">What it tells of itself.</param>
internal sealed record Entrance(string Cue, JsonElement Data)
{
    private readonly TaskCompletionSource<string> _direction = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public Task<string> Direction => _direction.Task;

    public void GoOn() => _direction.TrySetResult("go on");

    public void Throw() => _direction.TrySetResult("throw");

    /// <summary>The worker ends with exit code 3.</summary>
    public void Exit() => _direction.TrySetResult("exit");
}
