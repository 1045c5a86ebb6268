namespace SecureZoom.EndToEnd.Tests;

/// <content>What it does in each document.</content>
internal sealed partial class Crawl
{
    /// <summary>A function of the site's origin.</summary>
    private const string Script =
        """
        ((site) => {
          const enoughFrames = 4;
          let stillFrames = 0;
          const calls = new Set();
          const { fetch } = window;
          window.fetch = async (input, init) => {
            const url = input instanceof Request ? input.url : new URL(input, location.href).href;
            // What of the site comes by itself, such as Zoom's software while somebody waits, is not waited for.
            if (url.startsWith(site)) return fetch(input, init);
            const call = { url };
            calls.add(call);
            try {
              return await fetch(input, init);
            } finally {
              calls.delete(call);
            }
          };

          // What takes room and is not hidden.
          const shows = (element) => {
            const { width, height } = element.getBoundingClientRect();
            return width > 1 && height > 1 && getComputedStyle(element).visibility === 'visible' && !element.closest('[aria-hidden="true"], [inert]');
          };
          const shown = (selector, within = document) => [...within.querySelectorAll(selector)].filter(shows);
          const nameOf = (element) => (element.getAttribute('aria-label') ?? element.innerText).trim().replace(/\s+/g, ' ');
          const titleOf = (element) => element.getAttribute('aria-label') ?? shown('h1, h2', element)[0]?.innerText ?? '';
          const layer = () => {
            for (const kind of ['menu', 'alertdialog', 'dialog']) {
              const element = shown(`[role="${kind}"]`).at(-1);
              if (element) return { kind, element };
            }
            return { kind: '', element: document.body };
          };
          const controls = () =>
            shown('a[href], button, [role="button"], [role="menuitem"], [role="tab"], [role="switch"], summary', layer().element)
              .filter((one) => !one.disabled && one.getAttribute('aria-disabled') !== 'true' && nameOf(one) !== '');
          const closes = (element) => /^(Cancel|Close|Done|Throw away|Keep editing)$/.test(nameOf(element));
          // Of a link to the page itself nobody gets anywhere.
          const leads = (element) =>
            !(element instanceof HTMLAnchorElement) || element.href.split('#')[0] !== location.href.split('#')[0];
          const hasWayOn = () => {
            const { kind } = layer();
            if (kind === 'menu') return controls().length > 0;
            return kind === '' ? controls().some((one) => one.closest('main, nav') && leads(one)) : controls().some(closes);
          };
          const awaited = () => [
            ...[...calls].map(({ url }) => url),
            ...shown('[aria-busy="true"]').map((element) => element.outerHTML.slice(0, 100)),
            ...(shown('h1').length > 0 || layer().kind !== '' ? [] : ['a heading']),
            ...(hasWayOn() ? [] : [layer().kind === '' ? 'a way on' : `a way out of “${titleOf(layer().element)}”`]),
          ];

          window.crawl = {
            // Asked once a frame.
            isStill: () => {
              if (location.origin !== site) return document.readyState === 'complete';
              stillFrames = awaited().length === 0 ? stillFrames + 1 : 0;
              return stillFrames >= enoughFrames;
            },
            awaits: () => awaited().join('; '),
            look: () => {
              stillFrames = 0;
              const { kind, element } = layer();
              const all = controls();
              return {
                address: location.href,
                layer: kind,
                title: titleOf(element),
                controls: all.map((one, at) => ({
                  at,
                  name: nameOf(one),
                  href: one.getAttribute('href') === null ? null : one.href,
                  closes: closes(one),
                })),
              };
            },
            // A press by script leaves the focus where it was.
            enter: () => {
              if (!layer().element.contains(document.activeElement)) controls()[0]?.focus();
            },
            press: (at) => controls()[at]?.click(),
          };
        })
        """;
}
