using WinBack.Core.Decisions;
using WinBack.Core.Policy;

namespace WinBack.Tests.Policy.Sequences;

/// <summary>
/// Random playbooks with sequences, customers and lives of theirs. At every step: one sequence at a time, steps in order,
/// thirty days between (told from what was sent alone), and next_eligible_time true to the millisecond.
/// </summary>
public sealed class SequenceTimeTests
{
    [Theory]
    [InlineData(21)]
    [InlineData(22)]
    [InlineData(23)]
    [Trait("Rule", "S1")]
    [Trait("Rule", "S3")]
    [Trait("Rule", "S2")]
    [Trait("Rule", "S4")]
    [Trait("Rule", "S5")]
    [Trait("Rule", "S6")]
    public void RandomLives_KeepTheRules_AndPromisesAreExact(int seed)
    {
        var random = new Random(seed);
        int promised = 0, never = 0, sent = 0;
        for (int round = 0; round < 60; round++)
        {
            string at = $"seed {seed} round {round}";
            PlaybookConfig config = RandomSequences.Playbook(random);
            var journey = new Journey(RandomSequences.Customer(random), config);
            var log = new SequenceLog(config);
            double day = 0;
            for (int i = 0; i < 14; i++)
            {
                day += random.NextDouble() * (random.Next(3) == 0 ? 40 : 8);
                if (random.Next(12) == 0) log.Return(RandomSequences.Event(journey.Customer, random, day - 0.01));
                Decision asked = journey.Ask(day);
                if (asked.Kind == DecisionKind.NoAction)
                {
                    if (asked.NextEligibleTime is null) never++;
                    else promised++;
                    CheckPromise(journey, asked, random, at);
                }

                Decision decision = journey.Reserve(day);
                if (decision.Kind == DecisionKind.NoAction) continue;
                if (random.Next(5) == 0) continue;
                journey.Confirm(decision, day);
                log.Sent(decision.Action, decision.CapClockTime, at);
                sent++;
            }
        }

        Assert.True(promised > 100 && never > 20 && sent > 100, $"seed {seed}: {promised} promised, {never} never, {sent} sent");
    }

    private static void CheckPromise(Journey journey, Decision asked, Random random, string at)
    {
        DateTimeOffset now = asked.Plan.DecideTime;
        TimeSpan span = TimeSpan.FromDays(400);
        if (asked.NextEligibleTime is { } next)
        {
            // Decisions are made to the millisecond; caps know microseconds.
            DateTimeOffset then = DateTimeOffset.FromUnixTimeMilliseconds(next.AddTicks(9_999).ToUnixTimeMilliseconds());
            Assert.True(journey.Ask(then).Kind == DecisionKind.Action, $"{at}: asked at {now:O}, nothing at {next:O}");
            span = next - now;
        }

        for (int i = 0; i < 6; i++)
        {
            DateTimeOffset between = now + (span * random.NextDouble());
            Assert.True(
                asked.NextEligibleTime - between < TimeSpan.FromMilliseconds(1) || journey.Ask(between).Kind == DecisionKind.NoAction,
                $"{at}: asked at {now:O}, something at {between:O} before {asked.NextEligibleTime:O}");
        }
    }
}
