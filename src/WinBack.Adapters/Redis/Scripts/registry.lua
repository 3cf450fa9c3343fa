-- Changes a registry (of models, of playbooks) by one revision, or not at all: catalogue, stamp and audit entry change together, and only
-- while the catalogue is the one that the writer decided on.
-- KEYS: 1 catalogue; 2 stamp; 3 audit entry; 4 content, when a version is new.
-- ARGV: 1 catalogue held ('' for none); then the new value of each key.
-- Returns {1} when it was written, {0, catalogue found ('' for none)} when not, {-1, key} when that key is written already.
local found = redis.call('GET', KEYS[1]) or ''
if found ~= ARGV[1] then
  return {0, found}
end
-- What is said to have happened is never written over. A content is named by its hash: there it is the same.
if redis.call('EXISTS', KEYS[3]) == 1 then
  return {-1, KEYS[3]}
end
-- One command, so that a torn append-only file holds all of it or nothing: see commit.lua.
local new = {}
for i, key in ipairs(KEYS) do
  if i < 4 or redis.call('EXISTS', key) == 0 then
    new[#new + 1] = key
    new[#new + 1] = ARGV[1 + i]
  end
end
redis.call('MSET', unpack(new))
return {1}
