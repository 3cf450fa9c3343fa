-- SAMPLE: keeps what was predicted of a customer on one day. The first decision of the day stands, so it may be told any number
-- of times. Only the partition's owner may: one that was replaced would keep a prediction that its successor, who looks for
-- activity, does not know of; the decision stays in the outbox, and the successor keeps it.
-- KEYS: 1 watermark; 2 samples of the day. ARGV: 1 epoch held (8 bytes); 2 customer's key; 3 sample; 4 key that gives way for a
--       new one, '' for none; 5 time to keep (ms).
-- Fields of the samples: key; and key .. '+' with the event time (ms) of the first activity since.
-- Returns the sample that stands, or '' when the caller is not the owner.
if string.sub(redis.call('GET', KEYS[1]) or '', 1, 8) ~= ARGV[1] then
  return ''
end
if redis.call('HSETNX', KEYS[2], ARGV[2], ARGV[3]) == 1 then
  if ARGV[4] ~= '' then redis.call('HDEL', KEYS[2], ARGV[4], ARGV[4] .. '+') end
  redis.call('PEXPIRE', KEYS[2], ARGV[5])
end
return redis.call('HGET', KEYS[2], ARGV[2])
