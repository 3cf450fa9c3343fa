-- Takes published decisions off the outbox, if the caller still owns the partition and they still stand first: a worker
-- that was replaced must not drop what its successor has not published, and after Redis lost its tail others may stand
-- there.
-- KEYS: 1 watermark; 2 outbox. ARGV: 1 epoch held (8 bytes); 2 how many, oldest first; 3 the last of these. Returns 1 or 0.
if string.sub(redis.call('GET', KEYS[1]) or '', 1, 8) ~= ARGV[1] then
  return 0
end
if redis.call('LINDEX', KEYS[2], ARGV[2] - 1) ~= ARGV[3] then
  return 0
end
redis.call('LTRIM', KEYS[2], ARGV[2], -1)
return 1
