-- Writes down what was seen under a lease that has expired: what is spent stays so, what is reserved may still be, and the rest is
-- there again. Only while the lease is as it was before it was looked at: whatever was given back since is not counted twice.
-- KEYS: 1 units hash of one capacity and period. ARGV: 1 number of the lease; 2 its value before; 3 units spent for good;
--       4 units reserved; 5 when the first of these may come back (us).
-- Returns 1, or 0 when somebody else was first.
if redis.call('HGET', KEYS[1], 'l:' .. ARGV[1]) ~= ARGV[2] then
  return 0
end
if ARGV[4] ~= '0' then
  local held = string.format('%.0f', tonumber(ARGV[3]) + tonumber(ARGV[4]))
  redis.call('HSET', KEYS[1], 'l:' .. ARGV[1], held .. ' 0 ' .. ARGV[5])
  return 1
end
redis.call('HSET', KEYS[1], 'u', string.format('%.0f', tonumber(redis.call('HGET', KEYS[1], 'u') or '0') + tonumber(ARGV[3])))
redis.call('HDEL', KEYS[1], 'l:' .. ARGV[1])
return 1
