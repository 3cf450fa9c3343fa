-- A node takes a block of units of a scarce capacity, to spend with its reservations until the lease expires. What was leased
-- counts as spent until it is known to be free, so that never more is leased than there is.
-- KEYS: 1 units hash of one capacity and period; 2 failed hash of the same: see restore.lua.
-- ARGV: 1 units needed (0 only asks); 2 limit; 3 clock offset (us); 4 length of the lease (us); 5 margin: how long after its expiry
--       units that were not reserved come back (us); 6 retention (ms).
-- Fields of the hash: 'n' number of the last lease; 'u' units spent under leases that are settled; 'l:<number>' an open lease:
-- units that may be spent under it, expiry (0 once it has been looked at after that), and when some of them may come back (us).
-- Returns {granted, number of the lease, its expiry (us), left, clock (us), then number and value of each lease to be looked at}.
local time = redis.call('TIME')
local now = tonumber(time[1]) * 1000000 + tonumber(time[2]) + tonumber(ARGV[3])
local needed, limit = tonumber(ARGV[1]), tonumber(ARGV[2])
local left, due = limit + tonumber(redis.call('HGET', KEYS[2], 'b') or '0'), {}
local list = redis.call('HGETALL', KEYS[1])
for i = 1, #list, 2 do
  if list[i] == 'u' then left = left - tonumber(list[i + 1]) end
  if string.sub(list[i], 1, 2) == 'l:' then
    local units, _, look = string.match(list[i + 1], '^(%d+) (%d+) (%d+)$')
    left = left - tonumber(units)
    if tonumber(look) <= now then
      due[#due + 1] = string.sub(list[i], 3)
      due[#due + 1] = list[i + 1]
    end
  end
end

local granted, number, expiry = 0, 0, 0
if needed > 0 and needed <= left then
  -- An eighth of what is left: many nodes share it, and little is tied up as it runs short.
  granted = math.max(needed, math.floor(left / 8))
  number = redis.call('HINCRBY', KEYS[1], 'n', 1)
  -- Whole milliseconds, as decisions are made: so that what is promised for an instant is there at that instant.
  expiry = math.ceil((now + tonumber(ARGV[4])) / 1000) * 1000
  redis.call('HSET', KEYS[1], 'l:' .. number, string.format('%.0f %.0f %.0f', granted, expiry, expiry + tonumber(ARGV[5])))
  redis.call('PEXPIRE', KEYS[1], ARGV[6])
end
return {
  string.format('%.0f', granted), number, string.format('%.0f', expiry), string.format('%.0f', left - granted),
  string.format('%.0f', now), unpack(due)}
