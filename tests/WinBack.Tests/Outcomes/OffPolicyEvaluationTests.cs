using WinBack.Core.Outcomes;
using Xunit.Abstractions;

namespace WinBack.Tests.Outcomes;

[Trait("Rule", "E4")]
public sealed class OffPolicyEvaluationTests(ITestOutputHelper output)
{
    /// <summary>Three decisions whose estimates fit on a slip of paper.</summary>
    [Fact]
    public void Of_ThreeDecisions_IsAsByHand()
    {
        LoggedDecision[] log =
        [
            Decision("a", "mail", 0.5, 1, ("mail", 1, 0.5), ("", 0, 0.5)),
            Decision("b", "", 0.5, 0, ("mail", 1, 0.5), ("", 0, 0.5)),
            Decision("c", "mail", 0.25, 0, ("mail", 0.5, 0.25), ("", 0.5, 0.75)),
        ];

        OffPolicyReading reading = OffPolicyEvaluation.Of(log);

        // Weights 2, 0, 2.
        Assert.Equal(2.0 / 3, reading.Ips.Value, 12);
        Assert.Equal(0.5, reading.Snips.Value, 12);
        Assert.Equal(1.0 / 3, reading.Logged.Value, 12);
        Assert.Equal(4.0 / 3, reading.MeanWeight.Value, 12);
        Assert.Equal(2, reading.EffectiveDecisions, 12);
        Assert.Equal(2, reading.MaxWeight);
        // Deviations of w r = 2, 0, 0 around 2/3: squares 24/9, times n / (n - 1), root, over n.
        Assert.Equal(Math.Sqrt(24.0 / 9 * 1.5) / 3 * 1.959964, reading.Ips.Value - reading.Ips.Lower, 6);
    }

    [Fact]
    public void Of_TheLogsOwnPolicy_EarnsWhatTheLogEarned()
    {
        LoggedDecision[] log = SimulatedLog.Draw(200, seed: 3)
            .Select(d => d with { Options = d.Options.Select(o => o with { Target = o.Logged }).ToArray() }).ToArray();

        OffPolicyReading reading = OffPolicyEvaluation.Of(log);

        Assert.Equal(reading.Logged.Value, reading.Ips.Value, 12);
        Assert.Equal(reading.Logged.Value, reading.Snips.Value, 12);
        Assert.Equal(log.Length, reading.EffectiveDecisions, 6);
        Assert.Equal(1, reading.MaxWeight);
        Assert.Equal(200, reading.Customers);
    }

    /// <summary>Intervals of 95 % hold the truth in 95 of 100 logs, also when a customer's decisions depend on each other.</summary>
    [Fact]
    public void Of_ManySimulatedLogs_IntervalsHoldTheTruth()
    {
        const int logs = 300;
        OffPolicyReading[] readings = Enumerable.Range(0, logs).Select(seed => OffPolicyEvaluation.Of(SimulatedLog.Draw(500, seed))).ToArray();
        double truth = SimulatedLog.TargetValue;

        AssertHolds("IPS", readings, r => r.Ips, truth);
        AssertHolds("SNIPS", readings, r => r.Snips, truth);
        AssertHolds("DR", readings, r => r.Dr, truth);
        AssertHolds("gain", readings, r => r.Gain, truth - SimulatedLog.LoggedValue);
        AssertHolds("weight", readings, r => r.MeanWeight, 1);
        Assert.True(readings.Average(r => r.Dr.Upper - r.Dr.Lower) < readings.Average(r => r.Ips.Upper - r.Ips.Lower), "DR is no sharper");
    }

    /// <summary>A direct model that knows nothing costs sharpness, not truth; probabilities that are wrong show in the weights.</summary>
    [Fact]
    public void Of_WrongProbabilities_MeanWeightIsNotOne()
    {
        LoggedDecision[] wrong = SimulatedLog.Draw(2_000, seed: 5)
            .Select(d => d with { Probability = d.Option == "mail" ? d.Probability / 2 : d.Probability }).ToArray();

        Assert.False(OffPolicyEvaluation.Of(wrong).MeanWeight.Contains(1));
        Assert.True(OffPolicyEvaluation.Of(SimulatedLog.Draw(2_000, seed: 5)).MeanWeight.Contains(1));
    }

    [Fact]
    public void Of_WhatTheLogNeverDid_IsNamed()
    {
        LoggedDecision[] log =
        [
            Decision("a", "mail", 1, 1, ("mail", 0.4, 1), ("call", 0.5, 0), ("", 0.1, 0)),
            Decision("b", "mail", 1, 1, ("mail", 0.5, 1), ("call", 0.5, 0)),
        ];

        OffPolicyReading reading = OffPolicyEvaluation.Of(log);

        Assert.False(reading.IsSupported);
        Assert.Equal([new MissingSupport("call", 0.5, 2), new MissingSupport("", 0.05, 1)], reading.Missing);
    }

    [Fact]
    public void Rejects_NoDecisionsAndWhatIsNoProbability()
    {
        Assert.Throws<ArgumentException>(() => OffPolicyEvaluation.Of([]));
        Assert.Throws<ArgumentException>(() => OffPolicyEvaluation.Of([Decision("a", "mail", 0, 1, ("mail", 1, 1))]));
        Assert.Throws<ArgumentException>(() => OffPolicyEvaluation.Of([Decision("a", "mail", 0.5, double.NaN, ("mail", 1, 1))]));
        Assert.Throws<ArgumentException>(() => OffPolicyEvaluation.Of([Decision("a", "mail", 0.5, 1, ("mail", 0.9, 1))]));
    }

    private void AssertHolds(string name, OffPolicyReading[] readings, Func<OffPolicyReading, PolicyEstimate> of, double truth)
    {
        double held = readings.Count(r => of(r).Contains(truth)) / (double)readings.Length;
        double mean = readings.Average(r => of(r).Value);
        double standardError = Math.Sqrt(readings.Average(r => Math.Pow(of(r).Value - truth, 2)) / readings.Length);
        output.WriteLine($"{name}: truth {truth:F4}, mean {mean:F4}, held in {held:P1}, width {readings.Average(r => of(r).Upper - of(r).Lower):F4}");
        Assert.InRange(held, 0.91, 0.985);
        Assert.InRange(mean, truth - (4 * standardError), truth + (4 * standardError));
    }

    private static LoggedDecision Decision(
        string customer, string option, double probability, double reward, params (string Option, double Target, double Logged)[] options) =>
        new(customer, "all", option, probability, reward, options.Select(o => new OptionChance(o.Option, o.Target, o.Logged)).ToArray());
}
