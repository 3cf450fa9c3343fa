-- A node gives units back that it has not spent and will not spend: the lease is smaller from now on.
-- KEYS: 1 units hash of one capacity and period. ARGV: 1 number of the lease; 2 units. Returns 1, or 0 when it is settled.
local lease = redis.call('HGET', KEYS[1], 'l:' .. ARGV[1])
if not lease then
  return 0
end
local units, rest = string.match(lease, '^(%d+)( .*)$')
redis.call('HSET', KEYS[1], 'l:' .. ARGV[1], string.format('%.0f', math.max(0, tonumber(units) - tonumber(ARGV[2]))) .. rest)
return 1
