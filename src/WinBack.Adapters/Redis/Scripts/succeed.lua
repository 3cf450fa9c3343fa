-- Customers did something that may be a success of experiments that they have met. Each experiment counts the first that
-- comes in its time; so it may be told any number of times.
-- KEYS: 1 tally hash of the partition; then the exposures hash of each customer. ARGV: one a customer: 'kind time;kind time', ms.
-- Formats: see expose.lua. Returns how many successes were new.
local counted = 0
for c = 2, #KEYS do
  local met = redis.call('HGETALL', KEYS[c])
  for i = 1, #met, 2 do
    local id, value = met[i], met[i + 1]
    local cell, from, till, wanted = string.match(value, '^(.+)|(%d+)|(%d+)|(%a+)$')
    local is_new = false
    if cell then
      for kind, time in string.gmatch(ARGV[c - 1], '(%a+) (%d+)') do
        local at = tonumber(time)
        if kind == wanted and at > tonumber(from) and at <= tonumber(till) then is_new = true end
      end
    end
    if is_new then
      redis.call('HSET', KEYS[c], id, value .. '|1')
      redis.call('HINCRBY', KEYS[1], cell .. '|s', 1)
      counted = counted + 1
    end
  end
end
return counted
