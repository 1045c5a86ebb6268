using System.Globalization;

namespace SecureZoom.Functions.Tests.Fuzzing;

/// <summary>How much is tried, and from where: the same always, but for <c>script/fuzz</c>, which tries more from elsewhere.</summary>
internal static class Fuzz
{
    /// <summary><c>SECUREZOOM_FUZZ_SEED</c>: the same seed makes the same inputs.</summary>
    public static int Seed { get; } = Read("SECUREZOOM_FUZZ_SEED", 20_261_126);

    private static readonly int Times = Read("SECUREZOOM_FUZZ_TIMES", 1);

    /// <summary>That many inputs, <c>SECUREZOOM_FUZZ_TIMES</c> times.</summary>
    public static int Inputs(int usual) => usual * Times;

    private static int Read(string name, int otherwise) =>
        int.TryParse(Environment.GetEnvironmentVariable(name), NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : otherwise;
}
