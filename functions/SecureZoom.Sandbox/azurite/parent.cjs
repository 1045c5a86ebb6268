// What Azurite hears from whoever started it, on standard input. Its end ends Azurite, as on Ctrl+C: it would outlive a sandbox that was
// killed. "advance 600000" moves Azurite's clock ahead by so many milliseconds, so that tests wait for nothing that time alone brings.
const { createInterface } = require("node:readline");

let ahead = 0;
globalThis.Date = new Proxy(Date, {
  construct: (real, args, made) => Reflect.construct(real, args.length === 0 ? [real.now() + ahead] : args, made),
  get: (real, name) => (name === "now" ? () => real.now() + ahead : Reflect.get(real, name)),
});

createInterface({ input: process.stdin })
  .on("line", (line) => {
    const [, time] = /^advance (\d+)$/.exec(line) ?? [];
    ahead += Number(time ?? 0);
  })
  .on("close", () => process.kill(process.pid, "SIGTERM"));
