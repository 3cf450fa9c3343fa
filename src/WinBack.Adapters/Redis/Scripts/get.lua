-- Reads a decision, with its status as of now.
-- KEYS: 1 decision hash. ARGV: 1 clock offset (us).
-- Returns as reserve.lua does for a known decision, then the clock, then the span that decided ('' for none); {} when there is none.
local known = redis.call('HMGET', KEYS[1], 'i', 't', 'x', 'd', 's', 'p', 'w')
if not known[1] then
  return {}
end
local time = redis.call('TIME')
local clock = tonumber(time[1]) * 1000000 + tonumber(time[2]) + tonumber(ARGV[1])
local status = known[5]
if status == 'r' and tonumber(known[3]) <= clock then
  status = 'e'
end
return {'known', known[1], known[2], known[3], known[4], status, known[6], string.format('%016.0f', clock), known[7] or ''}
