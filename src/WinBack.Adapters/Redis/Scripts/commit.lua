-- Moves a partition on by one chunk, or not at all: states, counts and the watermark change together, and only
-- while the watermark is the one that the writer folded on. Also used to take a partition over (no states then).
-- KEYS: 1 watermark; then the others. ARGV: 1 watermark held ('' for none); then the new value of each key.
-- Returns {1} when it was written, {0, watermark found ('' for none)} when not.
local found = redis.call('GET', KEYS[1]) or ''
if found ~= ARGV[1] then
  return {0, found}
end
-- One command, because several would be a MULTI in the append-only file. Cut within a MULTI, such a file is truncated
-- to a torn one, and at the start after next Redis runs the torn part together with what was appended behind it (7.0.15;
-- valkey-io/valkey#4342). For the same reason counts are written as they are to be, not added to.
local new = {}
for i, key in ipairs(KEYS) do
  new[2 * i - 1] = key
  new[2 * i] = ARGV[1 + i]
end
redis.call('MSET', unpack(new))
return {1}
