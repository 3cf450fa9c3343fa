-- Ends a lease for good: what was spent under it stays spent, and the rest is there again.
-- KEYS: 1 units hash of one capacity and period. ARGV: 1 number of the lease; 2 units spent; 3 clock offset (us).
-- Returns 1, or 0 when another node was first, or it is not time yet.
local lease = redis.call('HGET', KEYS[1], 'l:' .. ARGV[1])
if not lease then
  return 0
end
local time = redis.call('TIME')
local now = tonumber(time[1]) * 1000000 + tonumber(time[2]) + tonumber(ARGV[3])
if tonumber(string.match(lease, '(%d+)$')) > now then
  return 0
end
redis.call('HSET', KEYS[1], 'u', string.format('%.0f', tonumber(redis.call('HGET', KEYS[1], 'u') or '0') + tonumber(ARGV[2])))
redis.call('HDEL', KEYS[1], 'l:' .. ARGV[1])
return 1
