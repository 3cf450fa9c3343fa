-- Reads decisions for the topic. One call for many: a command for each costs client and server more than what it reads.
-- KEYS: decision hashes. Returns six for each, one after the other: chosen, clock, expiry, denials, plan, span that decided (W3C
-- traceparent), as reserve.lua keeps them; all nil where there is none.
local found = {}
for i, key in ipairs(KEYS) do
  local fields = redis.call('HMGET', key, 'i', 't', 'x', 'd', 'p', 'w')
  for f = 1, 6 do found[(i - 1) * 6 + f] = fields[f] end
end
return found
