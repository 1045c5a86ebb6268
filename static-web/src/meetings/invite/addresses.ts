/** The e-mail addresses of a text, each once, as lists and mail programs write them; and the first part that is none. */
export function readAddresses(text: string): { readonly addresses: string[]; readonly wrong?: string } {
  const parts = text
    .split(/[,;\n]+/)
    .map((part) => (/<([^<>]+)>\s*$/.exec(part)?.[1] ?? part).trim())
    .flatMap((part) => part.split(/\s+/))
    .filter(Boolean);
  const wrong = parts.find((part) => !/^[^\s@]+@[^\s@]+$/.test(part));
  const addresses = [...new Map(parts.map((part) => [part.toLowerCase(), part])).values()];
  return { addresses, ...(wrong === undefined ? {} : { wrong }) };
}
