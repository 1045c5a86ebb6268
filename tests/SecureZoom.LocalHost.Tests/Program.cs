using SecureZoom.LocalHost.Tests;
using SecureZoom.LocalHost.Tests.Support;
using Xunit.MicrosoftTestingPlatform;
using Xunit.Runner.InProc.SystemConsole;

// As a child of a test this program is the host that the test stops or kills.
return args switch
{
    [ChildHost.Argument, .. var rest] => await ChildHost.RunAsync(rest),
    _ when args.Contains("--server") => await TestPlatformTestFramework.RunAsync(
        args, SelfRegisteredExtensions.AddSelfRegisteredExtensions),
    _ => await ConsoleRunner.Run(args),
};
