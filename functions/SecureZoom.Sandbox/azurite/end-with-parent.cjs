// Azurite would outlive a sandbox that was killed: it ends, as on Ctrl+C, when its standard input closes.
process.stdin.on("end", () => process.kill(process.pid, "SIGTERM")).resume();
