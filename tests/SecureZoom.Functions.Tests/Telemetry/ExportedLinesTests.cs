using System.Reflection;
using Microsoft.Extensions.Logging;
using SecureZoom.Functions.Telemetry;
using SecureZoom.Functions.Tests.Support;

namespace SecureZoom.Functions.Tests.Telemetry;

/// <summary>Where the event id and the values of each line arrive by Azure Monitor's own exporter, and that the alert rules look there.</summary>
public sealed class ExportedLinesTests : IAsyncLifetime
{
    /// <summary>Rules over what has not come for some time, which no line alone raises.</summary>
    private static readonly string[] OverSilence = ["checkpoint-missing", "signing-silent"];

    private static readonly MethodInfo[] Messages = [.. typeof(AppMetrics).Assembly.GetTypes()
        .SelectMany(type => type.GetMethods(BindingFlags.Static | BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.DeclaredOnly))
        .Where(method => method.GetCustomAttribute<LoggerMessageAttribute>() is not null)];

    private ExportedLines _exported = null!;

    public async ValueTask InitializeAsync() => _exported = await ExportedLines.StartAsync(TestContext.Current.CancellationToken);

    public ValueTask DisposeAsync() => _exported.DisposeAsync();

    [Fact]
    public void Each_line_arrives_with_its_event_id_among_the_properties_of_the_table_that_tests_of_rules_take_it_for()
    {
        using var captured = new LogCapture();
        foreach (var message in Messages)
        {
            Write(message, captured.CreateLogger(Category(message)));
            Write(message, _exported.Logger(Category(message)));
        }

        var arrived = _exported.Take();
        Assert.NotEmpty(arrived);
        Assert.Equal(captured.Lines.Select(Describe), arrived.Select(Describe));
        Assert.Equal(Messages.Select(message => $"{Id(message)}"), arrived.Select(line => (string?)line.Properties["EventId"]));
        Assert.Equal(["AppExceptions", "AppTraces"], arrived.Select(line => line.Table).Distinct().Order(StringComparer.Ordinal));
    }

    [Fact]
    public void Each_event_that_a_rule_waits_for_raises_it_as_the_exporter_sends_it()
    {
        var byId = Messages.ToDictionary(Id);
        foreach (var rule in AlertRule.All.Where(rule => rule.Events.Any() && !OverSilence.Contains(rule.Name)))
        {
            foreach (var id in rule.Events)
            {
                var message = byId[id];
                Write(message, _exported.Logger(Category(message)));
                var line = Assert.Single(_exported.Take());
                var tables = new Dictionary<string, IEnumerable<Dictionary<string, object?>>> { [line.Table] = [line.Row] };
                var organization = rule.Split is null ? "" : message.GetParameters().Any(value => value.Name == "organization") ? " the organization" : " -";
                Assert.Contains($"{rule.Name}{organization}", AlertRule.Fired(tables, line.Time.AddMinutes(1)));
            }
        }
    }

    private static int Id(MethodInfo message) => message.GetCustomAttribute<LoggerMessageAttribute>()!.EventId;

    private static string Category(MethodInfo message) => message.DeclaringType!.DeclaringType!.FullName!;

    /// <summary>Calls it with values of the kinds that it takes.</summary>
    private static void Write(MethodInfo message, ILogger logger) => message.Invoke(
        obj: null,
        [.. message.GetParameters().Select(value => value.ParameterType.IsAssignableFrom(typeof(ILogger)) ? logger : Value(value.ParameterType, value.Name!))]);

    private static object Value(Type type, string name) => type switch
    {
        _ when type == typeof(string) => $"the {name}",
        _ when type == typeof(List<string>) => new List<string> { $"the {name}" },
        _ when type == typeof(Exception) => new InvalidOperationException("It failed."),
        { IsValueType: true } => Activator.CreateInstance(type)!,
        _ => throw new NotSupportedException($"No value of {type} for {name} is known here."),
    };

    private static string Describe(LogLine line) => string.Join(
        " | ",
        [line.Table, $"{line.Level}", line.Message, .. line.Properties.Select(value => $"{value.Key}={value.Value}").Order(StringComparer.Ordinal)]);
}
