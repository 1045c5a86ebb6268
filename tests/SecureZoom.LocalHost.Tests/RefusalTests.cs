using Microsoft.Azure.Functions.Worker.Builder;
using SecureZoom.LocalHost.Tests.Functions;
using SecureZoom.LocalHost.Tests.Functions.Refused;
using SecureZoom.LocalHost.Tests.Support;

namespace SecureZoom.LocalHost.Tests;

/// <summary>What the real host would fail on later, or silently do otherwise, stops the build of the host.</summary>
public sealed class RefusalTests
{
    [Theory]
    [InlineData(typeof(InternalClass), "Function 'internal'", "top-level public class")]
    [InlineData(typeof(NestedClass.Inner), "Function 'nested'", "top-level public class")]
    [InlineData(typeof(PrivateMethod), "Function 'private'", "public method")]
    [InlineData(typeof(SameName), "Function 'twin' is declared by", "SameName.First and", "SameName.Second")]
    [InlineData(typeof(NoTrigger), "Function 'untriggered'", "0 triggers")]
    [InlineData(typeof(TwoTriggers), "Function 'torn'", "2 triggers")]
    [InlineData(typeof(OddParameter), "Function 'odd'", "'address' of type Uri")]
    [InlineData(typeof(NotInRoute), "Function 'lost'", "'id' of type String")]
    [InlineData(typeof(OddTriggerParameter), "Function 'bound'", "'request' is not of type HttpRequest")]
    [InlineData(typeof(OddResult), "Function 'result'", "ValueTask")]
    [InlineData(typeof(ResultOfTimer), "Function 'timed'", "IResult")]
    [InlineData(typeof(FiveFields), "Function 'five'", "cron")]
    [InlineData(typeof(BadRoute), "Function 'route'", "route")]
    [InlineData(typeof(Unconnected), "Function 'unconnected'", "'NotThere'", "'NotThere__queueServiceUri'")]
    [InlineData(typeof(Unnamed), "Function 'unnamed'", "'NotThere'")]
    public async Task A_function_that_cannot_run_stops_the_build_with_its_name_and_the_reason(Type type, params string[] expected)
    {
        await using var host = new TestHost(type);

        var refusal = Assert.Throws<InvalidOperationException>(host.Builder.Build);

        Assert.All(expected, part => Assert.Contains(part, refusal.Message, StringComparison.OrdinalIgnoreCase));
    }

    [Fact]
    public async Task All_refused_functions_are_named_at_once()
    {
        await using var host = new TestHost(typeof(Pages));
        host.Builder.FunctionTypes = [typeof(NoTrigger), typeof(Pages), typeof(OddResult)];

        var refusal = Assert.Throws<InvalidOperationException>(host.Builder.Build);

        Assert.Equal(2, refusal.Message.Split('\n').Length);
    }

    [Fact]
    public void Functions_are_looked_for_in_the_entry_assembly()
    {
        var refusal = Assert.Throws<InvalidOperationException>(FunctionsApplication.CreateBuilder([]).Build);

        Assert.Contains("Function 'internal'", refusal.Message, StringComparison.Ordinal);
        Assert.Contains("Function 'nested'", refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Http_functions_need_the_web_application_as_in_Azure()
    {
        var builder = FunctionsApplication.CreateBuilder([]);
        builder.FunctionTypes = [typeof(Pages)];

        var refusal = Assert.Throws<InvalidOperationException>(builder.Build);

        Assert.Contains("ConfigureFunctionsWebApplication", refusal.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Store:queueServiceUri=https://127.0.0.1:1/account")]
    [InlineData("Store:queueServiceUri=https://127.0.0.1:1/account", "Store:credential=managedidentity", "Store:clientId=some-id")]
    public async Task A_connection_may_be_a_section_with_a_service_address(params string[] settings)
    {
        await using var host = new TestHost(typeof(Worker)).Set("QueueName", "some-queue");
        foreach (var setting in settings.Select(setting => setting.Split('=')))
        {
            host.Set(setting[0], setting[1]);
        }

        Assert.NotNull(host.Builder.Build());
    }
}
