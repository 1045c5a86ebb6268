using System.Collections.Concurrent;
using System.Net;
using System.Text;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Microsoft.Extensions.DependencyInjection;
using SecureZoom.Functions.Audit.Recording;
using SecureZoom.Functions.Audit.Trail;
using SecureZoom.Functions.Identity;
using SecureZoom.Functions.IdentityEvents;
using SecureZoom.Functions.Revocations;
using SecureZoom.Functions.Secrets;
using SecureZoom.Functions.Tests.Audit;
using SecureZoom.Functions.Tests.Support;
using static SecureZoom.Functions.Tests.Support.IdentitySources;

namespace SecureZoom.Functions.Tests.Fuzzing;

/// <summary>
/// Whoever has a source's secret may send what they like: it is taken whole or refused whole, is no error of ours, is in nobody else's trail and
/// ends the access of nobody else's people.
/// </summary>
public sealed partial class IdentityEventFuzzTests(QueueCloud queues) : IClassFixture<QueueCloud>, IAsyncLifetime
{
    private const int Inputs = 250;
    private const string Secret = "fuzzed-source-secret";
    private const string Connection = "fuzzed-okta";

    private readonly string _organization = Story.NewOrganization();
    private readonly StorageTap _tap = new();
    private App _app = null!;

    public async ValueTask InitializeAsync() => _app = await App.StartAsync(
        queues.Cloud,
        new()
        {
            ["IdentityEvents:5:Type"] = "okta",
            ["IdentityEvents:5:Organizations"] = _organization,
            ["IdentityEvents:5:SecretName"] = "okta-fuzzed",
            ["IdentityEvents:5:Connection"] = Connection,
            ["IdentityEvents:6:Type"] = "auth0",
            ["IdentityEvents:6:Organizations"] = _organization,
            ["IdentityEvents:6:SecretName"] = "auth0-fuzzed",
            ["Secrets:okta-fuzzed"] = Secret,
            ["Secrets:auth0-fuzzed"] = Secret,
        },
        services => _tap.Tap(services, queues.Cloud));

    public async ValueTask DisposeAsync() => await _app.DisposeAsync();

    [Theory]
    [InlineData("okta")]
    [InlineData("auth0")]
    public async Task Whatever_a_source_sends_is_taken_whole_or_refused_whole_and_is_its_own(string type)
    {
        var source = _app.Services.GetRequiredService<IdentityEventsOptions>().Sources.Single(one => one.SecretName == $"{type}-fuzzed");
        var ids = _app.Services.GetRequiredService<SourceEventId>();
        var (kept, refused) = (new ConcurrentDictionary<string, int>(), new ConcurrentDictionary<string, int>());
        var (taken, isWhole) = (new ConcurrentDictionary<string, bool>(), new ConcurrentDictionary<string, bool>());
        var wrong = new ConcurrentQueue<string>();
        await Parallel.ForAsync(0, Fuzz.Inputs(Inputs), new ParallelOptions { MaxDegreeOfParallelism = 8 }, async (number, cancellationToken) =>
        {
            var random = new Random(unchecked(Fuzz.Seed + number));
            var intact = $"intact-{type}-{number}";
            var body = IdentityBodies.Make(random, type, intact, out var isIntact, out var contentType);
            if (isIntact)
            {
                isWhole[TraceOf(number)] = true;
            }

            var answer = await TakeAsync(number, type, body, contentType);
            taken[TraceOf(number)] = answer.Status == HttpStatusCode.OK;
            if (answer.Status is not (HttpStatusCode.OK or HttpStatusCode.BadRequest or HttpStatusCode.RequestEntityTooLarge or HttpStatusCode.UnsupportedMediaType))
            {
                wrong.Enqueue($"{answer.Status} {answer.Code}, number {number}: {Encoding.UTF8.GetString(body.AsSpan(0, Math.Min(body.Length, 2_000)))}");
            }
            else if (answer.Status != HttpStatusCode.OK || isIntact)
            {
                (answer.Status == HttpStatusCode.OK ? kept : refused)[await ids.OfAsync(source, _organization, intact, cancellationToken)] = number;
            }
        });
        Assert.True(wrong.IsEmpty, $"Seed {Fuzz.Seed}; {wrong.Count}:\n{string.Join('\n', wrong.Take(10))}");
        // Both happen often enough to tell something.
        Assert.InRange(kept.Count, Fuzz.Inputs(Inputs) / 4, Fuzz.Inputs(Inputs));
        Assert.InRange(refused.Count, Fuzz.Inputs(Inputs) / 10, Fuzz.Inputs(Inputs));

        var sent = await SentAsync();
        Assert.All(sent, one => Assert.True(IsOwn(one), $"Seed {Fuzz.Seed}: {one.Organization} {one.Details?.ToJsonString()}"));
        var known = sent.Select(one => one.Id).ToHashSet(StringComparer.Ordinal);
        Assert.Equal([], kept.Where(one => !known.Contains(one.Key)).Select(one => one.Value));
        Assert.Equal([], refused.Where(one => known.Contains(one.Key)).Select(one => one.Value));
        // Both events of a body, or neither; what was tried again is once.
        var events = sent.GroupBy(one => one.TraceParent!.Split('-')[1]).ToDictionary(one => one.Key, one => one.Select(each => each.Id).Distinct().Count());
        Assert.Equal([], taken.Where(one => one.Value && isWhole.ContainsKey(one.Key) && events.GetValueOrDefault(one.Key) != 2).Select(one => one.Key));
        Assert.Equal([], taken.Where(one => !one.Value && events.ContainsKey(one.Key)).Select(one => one.Key));
        Assert.Contains(sent, one => ChangesOf(one).Count > 0);
    }

    /// <summary>As a source sends: again, while storage is too slow.</summary>
    private Task<Answer> TakeAsync(int number, string type, byte[] body, string contentType) => Wait.ForAsync($"an answer to body {number} of seed {Fuzz.Seed}", async () =>
        await SendAsync(_app, type, Secret, body, contentType, TraceOf(number)) is { Status: not HttpStatusCode.ServiceUnavailable } answer ? answer : null);

    /// <summary>Whether an event is in the source's own trail, or nobody's, ends only its own people's access, and makes a record that can be read.</summary>
    private bool IsOwn(AuditEvent one)
    {
        var changes = ChangesOf(one);
        var record = RecordFormat.TryRead(RecordFormat.Write(one, "log", one.Organization!, 0, one.ReceivedAt, isNamesake: false));
        return (one.Organization == _organization || (one.Source == AuditSources.Auth0 && one.Organization == OrganizationId.Unassigned))
            && one.AlsoIn is null
            && record is { Sentence.Length: > 0 }
            && changes.All(change => one.Source == AuditSources.Okta
                ? change.Subject.StartsWith($"okta|{Connection}|", StringComparison.Ordinal)
                : change.Reach == _organization);
    }

    private static IReadOnlyList<EndedAccessChange> ChangesOf(AuditEvent one) =>
        [.. RecordedAccess.Read(one.Details, new RecordedChange(one.OccurredAt, one.Organization, one.Action, one.Source))];

    private static string TraceOf(int number) => $"{number + 1:x32}";

    /// <summary>What went to the queue.</summary>
    private async Task<IReadOnlyList<AuditEvent>> SentAsync()
    {
        var keys = await queues.Cloud.SecretStore().AllAsync(SecretNames.AuditMessageKey, TestContext.Current.CancellationToken);
        return
        [
            .. _tap.Bodies.Select(body => MessageText().Match(body)).Where(found => found.Success)
                .SelectMany(found => AuditMessage.Open(Convert.FromBase64String(found.Groups[1].Value), keys).Entries)
                .Select(entry => entry.Entry.Event).OfType<AuditEvent>().Where(one => one.Source is AuditSources.Okta or AuditSources.Auth0),
        ];
    }

    [GeneratedRegex("<MessageText>([^<]+)</MessageText>")]
    private static partial Regex MessageText();
}
