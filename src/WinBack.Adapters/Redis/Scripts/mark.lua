-- MARK: customers whose predictions are kept were active. Of all times that are ever told the earliest stays, so it may be told
-- by anybody, in any order and any number of times.
-- KEYS: samples of a day, one a mark. ARGV: for each the customer's key and the event time (ms). Returns how many changed something.
local changed = 0
for i, samples in ipairs(KEYS) do
  local key, time = ARGV[2 * i - 1], ARGV[2 * i]
  local known = redis.call('HGET', samples, key .. '+')
  -- A customer that was forgotten has no sample any more, and gets no mark.
  if redis.call('HEXISTS', samples, key) == 1 and (not known or tonumber(time) < tonumber(known)) then
    redis.call('HSET', samples, key .. '+', time)
    changed = changed + 1
  end
end
return changed
