using System.Text;

namespace SecureZoom.Sandbox.Real;

/// <summary>Asks at the terminal; what is secret is not shown.</summary>
internal static class Prompt
{
    /// <summary>Null where there is no terminal.</summary>
    public static Func<string, string, bool, string?>? AtTerminal => Console.IsInputRedirected ? null : Ask;

    private static string? Ask(string name, string where, bool isSecret)
    {
        Console.Write($"{where}{(isSecret ? " (not shown)" : "")}: ");
        return isSecret ? ReadUnseen() : Console.ReadLine();
    }

    private static string ReadUnseen()
    {
        var typed = new StringBuilder();
        for (var key = Console.ReadKey(intercept: true); key.Key != ConsoleKey.Enter; key = Console.ReadKey(intercept: true))
        {
            if (key.Key == ConsoleKey.Backspace)
            {
                typed.Length = Math.Max(0, typed.Length - 1);
            }
            else if (!char.IsControl(key.KeyChar))
            {
                typed.Append(key.KeyChar);
            }
        }

        Console.WriteLine();
        return typed.ToString();
    }
}
