using System.Net;
using Microsoft.Extensions.DependencyInjection;
using SecureZoom.Functions.Authorization;
using SecureZoom.Functions.Health;
using SecureZoom.Functions.Tests.Support;
using SecureZoom.Sandbox.Identity;

namespace SecureZoom.Functions.Tests.Authorization;

/// <summary>Forgetting to declare who may call a function is impossible.</summary>
public sealed class AccessRulesTests(Cloud cloud)
{
    [Theory]
    [InlineData(typeof(UndeclaredFunction), "who may call")]
    [InlineData(typeof(TwiceDeclaredFunction), "who may call")]
    [InlineData(typeof(UnlimitedFunction), "how often")]
    public void A_function_that_does_not_declare_once_who_may_call_it_and_how_often_stops_the_start(Type function, string what)
    {
        var types = typeof(Composition).Assembly.GetExportedTypes().Append(function);
        var exception = Assert.Throws<InvalidOperationException>(() => new AccessRules(types));
        Assert.StartsWith($"Declare {what} {function.FullName}.Get", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void The_app_s_own_functions_all_declare_it() => _ = new AccessRules(typeof(Composition).Assembly.GetExportedTypes());

    [Fact]
    public async Task A_function_that_was_never_checked_stays_closed()
    {
        // As if the check at the start had overlooked it.
        var checkedTypes = typeof(Composition).Assembly.GetExportedTypes().Except([typeof(HealthFunction)]);
        await using var app = await App.StartAsync(cloud, services: services => services.AddSingleton(new AccessRules(checkedTypes)));
        var answer = await app.As(Accounts.Carol).GetAsync("health");
        Assert.Equal(HttpStatusCode.InternalServerError, answer.Status);
        Assert.Equal("internal_error", answer.Code);
    }
}
