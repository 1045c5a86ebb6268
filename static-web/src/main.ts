/** Visitors have something to read, which index.html holds: they get to see it before the scripts keep the browser busy. */
async function seen(): Promise<void> {
  if (document.documentElement.classList.contains('visitor') && !document.hidden)
    await new Promise((drawn) => requestAnimationFrame(() => setTimeout(drawn)));
}

await seen();
const { start } = await import('./site');
await start();

export {};
