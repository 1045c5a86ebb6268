using Deque.AxeCore.Commons;
using Microsoft.Playwright;

namespace SecureZoom.EndToEnd.Tests;

/// <summary>Deque's axe, put into a page once and run there as often as it is asked.</summary>
internal static class Axe
{
    /// <remarks>
    /// Fluent's menus have an element at either end which takes the focus only to hand it on at once (Tabster's dummies). They have to be
    /// hidden from screen readers and yet focusable; the rule cannot know that: github.com/microsoft/tabster/issues/288.
    /// </remarks>
    private static readonly string Script =
        $$"""
        {{new BundledAxeScriptProvider().GetScript()}};
        axe.configure({ rules: [{ id: 'aria-hidden-focus', selector: '[aria-hidden="true"]:not([data-tabster-dummy])' }] });
        """;

    /// <summary>What breaks any of its rules: the rule and the element.</summary>
    public static Task<string[]> FindFaultsAsync(IPage page) => RunAsync(page, "undefined");

    /// <summary>What breaks the rules that other colours can break.</summary>
    public static Task<string[]> FindColorFaultsAsync(IPage page) =>
        RunAsync(page, "{ type: 'rule', values: ['color-contrast', 'link-in-text-block'] }");

    private static async Task<string[]> RunAsync(IPage page, string rules)
    {
        if (!await page.EvaluateAsync<bool>("() => 'axe' in window"))
        {
            await page.EvaluateAsync(Script);
        }

        return await page.EvaluateAsync<string[]>(
            $$"""
            async () => {
              const { violations } = await axe.run({ resultTypes: ['violations'], runOnly: {{rules}} });
              return violations.flatMap(({ id, nodes }) => nodes.map(({ html }) => `${id}: ${html}`));
            }
            """);
    }
}
