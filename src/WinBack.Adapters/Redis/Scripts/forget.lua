-- Takes away what is kept of a customer beside the state: touches, the decisions given and the list of them, what of them
-- was not published yet, the touch that a return may be the answer of, and which experiments the customer has met.
-- KEYS: 1 caps hash; 2 the customer's decisions; 3 outbox list; 4 latest touch; 5 exposures; then the decision hashes.
-- ARGV: their request ids.
-- Returns how many decisions there were.
local count = 0
for i, request in ipairs(ARGV) do
  count = count + redis.call('DEL', KEYS[5 + i])
  redis.call('LREM', KEYS[2], 0, request)
  redis.call('LREM', KEYS[3], 0, request)
end
redis.call('DEL', KEYS[1], KEYS[4], KEYS[5])
return count
