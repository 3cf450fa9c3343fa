using System.Globalization;
using System.Text;
using StackExchange.Redis;
using WinBack.Core.Decisions;
using WinBack.Core.Policy;
using WinBack.Core.Policy.Capacities;

namespace WinBack.Adapters.Redis;

/// <summary>
/// The units that a plan's candidates would spend, taken before the script is asked which candidate it is. Candidates for which
/// there are none left are out of the plan. Of what was taken, only the chosen one's is spent.
/// </summary>
internal sealed class CapacityHold
{
    private readonly CapacityTokens _tokens;
    private readonly List<IReadOnlyList<CapacityGrant>> _grants = [];

    private CapacityHold(DecisionPlan plan, CapacityTokens tokens) => (Plan, _tokens) = (plan, tokens);

    internal DecisionPlan Plan { get; private set; }

    /// <summary>What a candidate of <see cref="Plan"/> takes, as reserve.lua reads it.</summary>
    /// <param name="names">Gets the keys of the leases.</param>
    internal string Words(int candidate, PartitionKeys keys, List<RedisKey> names)
    {
        if (_grants.Count == 0 || _grants[candidate].Count == 0) return "";
        var words = new StringBuilder("|");
        foreach (CapacityGrant grant in _grants[candidate])
        {
            names.Add(keys.Lease(grant.Key, grant.Lease));
            words.Append(CultureInfo.InvariantCulture, $"{names.Count} {grant.Units} {grant.ExpiryMicros};");
        }

        return words.ToString();
    }

    internal static async Task<CapacityHold> TakeAsync(DecisionPlan plan, CapacityTokens tokens, CancellationToken cancellationToken)
    {
        var hold = new CapacityHold(plan, tokens);
        if (!UnitsShort.Concerns(plan)) return hold;
        var missing = new List<CapacityShortage>();
        bool isWhole = false;
        try
        {
            foreach (Candidate candidate in plan.Ranking)
            {
                var grants = new List<CapacityGrant>();
                hold._grants.Add(grants);
                int before = missing.Count;
                // Of all of them, also after the first that has none: the candidate waits for the last one.
                foreach (CapacityUse use in candidate.Capacities)
                {
                    if (await tokens.TakeAsync(use, cancellationToken).ConfigureAwait(false) is { } grant) grants.Add(grant);
                    else missing.Add(tokens.ShortageOf(candidate.Action, use));
                }

                if (missing.Count == before) continue;
                hold.Return(hold._grants.Count - 1);
                hold._grants.RemoveAt(hold._grants.Count - 1);
            }

            isWhole = true;
        }
        finally
        {
            if (!isWhole) hold.ReturnAllBut(-1);
        }

        if (missing.Count > 0) hold.Plan = UnitsShort.Without(plan, missing, CapsHash.Read(plan.Inputs?.Customer.Caps ?? []));
        return hold;
    }

    /// <summary>When it is known what was reserved; -1 for nothing. When it is not, everything stays taken until it is settled.</summary>
    internal void ReturnAllBut(int chosen)
    {
        for (int i = 0; i < _grants.Count; i++)
            if (i != chosen) Return(i);
    }

    /// <summary>Redis holds leases for expired that were not, by the clock here: none of them is used again.</summary>
    internal void DropAll()
    {
        foreach (CapacityGrant grant in _grants.SelectMany(g => g)) _tokens.Drop(grant);
    }

    private void Return(int candidate)
    {
        foreach (CapacityGrant grant in _grants[candidate]) _tokens.Return(grant);
    }
}
