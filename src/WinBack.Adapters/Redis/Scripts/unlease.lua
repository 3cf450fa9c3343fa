-- Units of a lease come back that were not spent and will not be: of a node that is done with it, or of a reservation that was
-- released. At most once for each unit: who does not hear the answer does not repeat it.
-- KEYS: 1 units hash of one capacity and period. ARGV: 1 number of the lease; 2 units. Returns 1, or 0 when it is settled.
local lease = redis.call('HGET', KEYS[1], 'l:' .. ARGV[1])
if not lease then
  return 0
end
local units, expiry, look = string.match(lease, '^(%d+) (%d+) (%d+)$')
if expiry == '0' then
  -- It was looked at, and whether with these units or without them, nobody knows: it is to be looked at again.
  look = '0'
else
  units = string.format('%.0f', math.max(0, tonumber(units) - tonumber(ARGV[2])))
end
redis.call('HSET', KEYS[1], 'l:' .. ARGV[1], units .. ' ' .. expiry .. ' ' .. look)
return 1
