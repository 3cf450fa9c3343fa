-- VOUCH: all that had arrived before an instant is folded, if the partition still stands at the watermark that says so.
-- KEYS: 1 watermark; 2 instant. ARGV: 1 watermark held; 2 instant (ms). Returns 1 or 0.
if redis.call('GET', KEYS[1]) ~= ARGV[1] then
  return 0
end
redis.call('SET', KEYS[2], ARGV[2])
return 1
