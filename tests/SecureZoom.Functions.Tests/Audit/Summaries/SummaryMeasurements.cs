using System.Diagnostics;
using System.Globalization;
using SecureZoom.Functions.Audit.Reading;
using SecureZoom.Functions.Audit.Summaries;
using SecureZoom.Functions.Tests.Support;

namespace SecureZoom.Functions.Tests.Audit.Summaries;

/// <summary>What a month of 50 organisations costs to count, and to ask for: <c>script/measure-summaries</c>.</summary>
public sealed class SummaryMeasurements(Cloud cloud) : AttackBench(cloud)
{
    private const int Organizations = 50;
    private const int Days = 30;

    [Fact(Explicit = true)]
    public async Task A_month_of_many_organisations_is_counted_and_answers_from_a_row_an_hour()
    {
        var events = int.Parse(Environment.GetEnvironmentVariable("SECUREZOOM_SUMMARY_EVENTS") ?? "10000", CultureInfo.InvariantCulture);
        var organizations = Enumerable.Range(0, Organizations).Select(_ => Story.NewOrganization()).ToList();
        var (tap, perDay) = (new StorageTap(), events / Organizations / Days);
        var bench = Keep(new TrailBench(Cloud, Time, tap));
        await MeasureAsync("recorded", tap, async () =>
        {
            for (var day = 0; day < Days; day++)
            {
                var told = DayOf(perDay);
                Time.Advance(TimeSpan.FromDays(1));
                await Parallel.ForEachAsync(organizations, Cancellation, async (organization, _) => await bench.AppendAsync(organization, told.Events.Select(one => one with { Id = Guid.NewGuid().ToString("N") }).ToList()));
            }
        });
        await MeasureAsync("signed", tap, async () => Assert.Equal(0, await bench.SignAllAsync()));
        await MeasureAsync("indexed and counted", tap, bench.CountAsync);
        var (from, to) = (SummarySpan.Day.StartOf(Time.GetUtcNow().AddDays(-Days)), SummarySpan.Day.EndOf(Time.GetUtcNow()));
        foreach (var span in (SummarySpan[])[SummarySpan.Hour, SummarySpan.Day])
        {
            await MeasureAsync($"30 days by {span.Name} of one", tap, async () =>
            {
                var answer = await bench.SummaryReader.ReadAsync(organizations[0], span, from, to, [], Cancellation);
                Assert.Equal(perDay * Days, answer.Buckets.Sum(bucket => bucket.SignIns.Succeeded + bucket.SignIns.Failed));
                Assert.InRange(answer.Buckets.Count, 1, (int)((to - from) / span.Length));
            });
        }

        var query = new AuditQuery(
            organizations[0], Time.GetUtcNow().AddDays(-1), To: null, Action: null, Day.Person("p1").Email, Ip: null, Meeting: null, Outcome: null, Source: null);
        await MeasureAsync("one person's day", tap, async () => Assert.NotEmpty((await bench.Reader.ReadAsync(query, before: null, 50, Cancellation)).Records));
        await MeasureAsync("one person's month", tap, async () => Assert.NotEmpty((await bench.Reader.ReadAsync(query with { From = null }, before: null, 50, Cancellation)).Records));
    }

    private Day DayOf(int count)
    {
        var day = new Day(Time.GetUtcNow());
        for (var number = 0; number < count; number++)
        {
            var (person, minute) = (Day.Person($"p{number % 40}"), number * 24 * 60 / count);
            _ = number % 5 == 0 ? day.Fail(person, minute) : day.SignIn(person, minute);
        }

        return day;
    }

    private static async Task MeasureAsync(string what, StorageTap tap, Func<Task> act)
    {
        var (before, watch) = (tap.Count(), Stopwatch.StartNew());
        await act();
        TestContext.Current.TestOutputHelper!.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{what}: {watch.Elapsed.TotalSeconds:0.000} s, {tap.Count() - before} table operations"));
    }
}
