-- Sends the calls of a file by turns, each as it stands there behind its length, and says at the end how that went:
-- answers, microseconds, the 50th and 99th percentile in microseconds, answers that were none of 2xx, calls that failed.
local calls = {}
local at = 0

function init()
  local file = assert(io.open(os.getenv("LOAD_CALLS"), "rb"))
  for length in file:lines() do
    calls[#calls + 1] = file:read(tonumber(length))
  end
  file:close()
  at = math.random(#calls)
end

function request()
  at = at % #calls + 1
  return calls[at]
end

function done(summary, latency)
  local errors = summary.errors
  print(string.format("LOAD %d %d %d %d %d %d", summary.requests, summary.duration, latency:percentile(50),
    latency:percentile(99), errors.status, errors.connect + errors.read + errors.write + errors.timeout))
end
