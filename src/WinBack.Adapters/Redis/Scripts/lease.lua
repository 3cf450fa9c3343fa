-- A node takes a block of units of a scarce capacity, to spend with its reservations until the lease expires. What was leased
-- counts as spent until the lease is settled, so that never more is leased than there is.
-- KEYS: 1 units hash of one capacity and period.
-- ARGV: 1 units needed (0 only asks); 2 limit; 3 clock offset (us); 4 length of the lease (us); 5 hold: how long after it a
--       reservation made under it may still be confirmed (us); 6 retention (ms).
-- Fields of the hash: 'n' number of the last lease; 'u' units spent under settled leases; 'l:<number>' an open lease: units,
-- expiry, and when it may be settled (us).
-- Returns {granted, number of the lease, its expiry (us), left, number of a lease to be settled, ...}.
local time = redis.call('TIME')
local now = tonumber(time[1]) * 1000000 + tonumber(time[2]) + tonumber(ARGV[3])
local needed, limit = tonumber(ARGV[1]), tonumber(ARGV[2])
local left, due = limit, {}
local list = redis.call('HGETALL', KEYS[1])
for i = 1, #list, 2 do
  if list[i] == 'u' then left = left - tonumber(list[i + 1]) end
  if string.sub(list[i], 1, 2) == 'l:' then
    local units, _, settle = string.match(list[i + 1], '^(%d+) (%d+) (%d+)$')
    left = left - tonumber(units)
    if tonumber(settle) <= now then due[#due + 1] = tonumber(string.sub(list[i], 3)) end
  end
end

local granted, number, expiry = 0, 0, 0
if needed > 0 and needed <= left then
  -- An eighth of what is left: many nodes share it, and little is tied up as it runs short.
  granted = math.max(needed, math.floor(left / 8))
  number = redis.call('HINCRBY', KEYS[1], 'n', 1)
  expiry = now + tonumber(ARGV[4])
  redis.call('HSET', KEYS[1], 'l:' .. number, string.format('%.0f %.0f %.0f', granted, expiry, expiry + tonumber(ARGV[5])))
  redis.call('PEXPIRE', KEYS[1], ARGV[6])
end
return {string.format('%.0f', granted), number, string.format('%.0f', expiry), string.format('%.0f', left - granted), unpack(due)}
