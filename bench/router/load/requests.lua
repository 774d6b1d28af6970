-- For wrk: sends each viewer's request in turn, with their token, and counts the answers that hold errors.
-- Takes the file with the bodies, the one with the tokens (both with one on each line), and a path.

local threads = {}

function setup(thread)
  thread:set("number", #threads)
  table.insert(threads, thread)
end

function init(args)
  local tokens = {}
  for token in io.lines(args[2]) do table.insert(tokens, token) end
  requests = {}
  for body in io.lines(args[1]) do
    local headers = {
      ["content-type"] = "application/json",
      ["authorization"] = "Bearer " .. tokens[#requests % #tokens + 1],
    }
    table.insert(requests, wrk.format("POST", args[3], headers, body))
  end
  turn = number * 397
  wrong = 0
end

function request()
  turn = turn + 1
  return requests[turn % #requests + 1]
end

function response(status, headers, body)
  if status ~= 200 or string.find(body, '"errors"', 1, true) then wrong = wrong + 1 end
end

function done(summary, latency)
  local wrong = 0
  for _, thread in ipairs(threads) do wrong = wrong + thread:get("wrong") end
  local errors = summary.errors
  print(string.format('{"requests":%d,"durationUs":%d,"wrong":%d,"lost":%d}', summary.requests, summary.duration,
    wrong, errors.connect + errors.read + errors.write + errors.timeout))
end
