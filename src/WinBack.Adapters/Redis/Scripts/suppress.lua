-- Writes what stands against contact, if it still is what the writer changed.
-- KEYS: 1 suppression. ARGV: 1 suppression found ('' for none); 2 the new one.
-- Returns {1} when it was written, {0, suppression found} when not.
local found = redis.call('GET', KEYS[1]) or ''
if found ~= ARGV[1] then
  return {0, found}
end
redis.call('SET', KEYS[1], ARGV[2])
return {1}
