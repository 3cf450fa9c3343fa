using WinBack.Core.Outcomes;
using WinBack.Tests.Trees;
using Xunit.Abstractions;

namespace WinBack.Tests.Outcomes;

/// <summary>
/// The estimators on clicks of real people, where the answer is known because both policies ran in the same week: the
/// click rate of one is estimated from the log of the other. The figures stand in docs/POLICY.md.
/// </summary>
[Trait("Rule", "E4")]
public sealed class OpenBanditTests(ITestOutputHelper output)
{
    [SharedDataFact("open_bandit/random_men.csv.gz")]
    public void ThompsonFromRandom_Men() => CheckThompsonFromRandom("men");

    [SharedDataFact("open_bandit/random_women.csv.gz")]
    public void ThompsonFromRandom_Women() => CheckThompsonFromRandom("women");

    [SharedDataFact("open_bandit/bts_men.csv.gz")]
    public void RandomFromThompson_Men() => CheckRandomFromThompson("men");

    [SharedDataFact("open_bandit/bts_women.csv.gz")]
    public void RandomFromThompson_Women() => CheckRandomFromThompson("women");

    private void CheckThompsonFromRandom(string campaign)
    {
        OpenBanditLog thompson = OpenBanditLog.Read($"bts_{campaign}.csv.gz");
        OffPolicyReading reading = OffPolicyEvaluation.Of(OpenBanditLog.Read($"random_{campaign}.csv.gz").For(thompson.Frequencies()));
        Check(reading, thompson.ClickRate, $"Thompson from random, {campaign}");
    }

    private void CheckRandomFromThompson(string campaign)
    {
        OpenBanditLog random = OpenBanditLog.Read($"random_{campaign}.csv.gz");
        double[] uniform = Enumerable.Repeat(1.0 / random.Items, random.Items).ToArray();
        Dictionary<string, double[]> target = random.Rows.Select(row => row.Place).Distinct().ToDictionary(place => place, _ => uniform);
        OffPolicyReading reading = OffPolicyEvaluation.Of(OpenBanditLog.Read($"bts_{campaign}.csv.gz").For(target));
        Check(reading, random.ClickRate, $"random from Thompson, {campaign}");
    }

    private void Check(OffPolicyReading reading, double truth, string name)
    {
        output.WriteLine($"{name}: truth {truth:P2} (10,000 rows: +- {1.96 * Math.Sqrt(truth / 10_000):P2})");
        output.WriteLine($"  log {Text(reading.Logged)}; IPS {Text(reading.Ips)}; SNIPS {Text(reading.Snips)}; DR {Text(reading.Dr)}");
        output.WriteLine($"  effective {reading.EffectiveDecisions:F0}, largest weight {reading.MaxWeight:F0}");
        output.WriteLine($"  mean weight {Text(reading.MeanWeight)}");
        // The truth is itself a mean of 10,000 rows: its interval is added.
        double slack = 1.96 * Math.Sqrt(truth / 10_000);
        foreach (PolicyEstimate estimate in new[] { reading.Ips, reading.Snips, reading.Dr })
            Assert.InRange(truth, estimate.Lower - slack, estimate.Upper + slack);
    }

    private static string Text(PolicyEstimate e) => $"{e.Value:P2} ({e.Lower:P2} to {e.Upper:P2})";
}
