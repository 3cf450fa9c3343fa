using WinBack.Core.Caps;
using WinBack.Core.Decisions;
using WinBack.Core.Events;
using WinBack.Core.Features;
using WinBack.Core.Policy;

namespace WinBack.Tests.Policy.Sequences;

/// <summary>One customer under one playbook, on a ledger in memory; days count from the start of the test.</summary>
internal sealed class Journey(CustomerHistory customer, PlaybookModel playbook, FeatureSchema? schema = null)
{
    internal static readonly DateTimeOffset Start = CustomerHistory.Now;
    private static readonly DecisionPipeline Pipeline = new("schema", 8);
    private int _requests;

    internal Journey(CustomerHistory customer, PlaybookConfig config)
        : this(customer, TestPlaybook.Model(config))
    {
    }

    /// <summary>Channels that are asked for; all when there are none.</summary>
    internal IReadOnlyList<Channel> Channels { get; init; } = [];

    /// <summary>Experiments and the holdout go by it.</summary>
    internal string Id { get; init; } = "c";

    internal CapLedger Ledger { get; set; } = CapLedger.Empty;

    /// <summary>What the customer did meanwhile.</summary>
    internal CustomerHistory Customer => customer;

    internal Decision Ask(double day) => Ask(Start.AddDays(day));

    /// <summary>Takes nothing.</summary>
    internal Decision Ask(DateTimeOffset at)
    {
        var snapshot = new CustomerSnapshot(customer.State, "", Ledger.Copy());
        DecisionPlan plan = Plan(snapshot, null, at);
        return DecisionPipeline.Conclude(plan, DecisionPipeline.Preview(plan, snapshot, at));
    }

    /// <summary>Decides and hands the message over.</summary>
    /// <returns>Name of the action; "" for nothing.</returns>
    internal string Send(double day)
    {
        Decision decision = Reserve(day);
        if (decision.Kind == DecisionKind.Action) Confirm(decision, day);
        return decision.Action;
    }

    internal Decision Reserve(double day)
    {
        DateTimeOffset at = Start.AddDays(day);
        DecisionPlan plan = Plan(new CustomerSnapshot(customer.State, "", Ledger.Copy()), new Guid(++_requests, 0, 0, new byte[8]), at);
        return DecisionPipeline.Conclude(plan, Reservation.Reserve(plan, Ledger, at));
    }

    internal void Confirm(Decision decision, double day) =>
        Assert.True(Ledger.Confirm(decision.Id!.Value.Request, Ledger.Advance(Start.AddDays(day))));

    /// <summary>A touch from elsewhere.</summary>
    internal void TakeSent(double day, params CapUse[] caps)
    {
        var request = new Guid(++_requests, 0, 0, new byte[8]);
        Ledger.Take(request, caps, Ledger.Advance(Start.AddDays(day)), TimeSpan.FromMinutes(10));
        Ledger.Confirm(request, Ledger.Advance(Start.AddDays(day)));
    }

    /// <summary>The rule that turned an action down, and when it passes.</summary>
    internal (string Rule, double? Day) Why(string action, double day)
    {
        Rejection rejection = Ask(day).Plan.Rejections.First(r => r.Action == action);
        return (rejection.Rule, (rejection.EligibleTime - Start)?.TotalDays);
    }

    private DecisionPlan Plan(CustomerSnapshot snapshot, Guid? request, DateTimeOffset at) => Pipeline.Plan(
        new DecisionRequest(new CustomerId(Id), request, Channels), snapshot, Features(at), new Scores(0.8, 0.2, []), playbook, at);

    private float[] Features(DateTimeOffset at)
    {
        if (schema is null) return [0, 0, 0];
        var context = new FeatureContext();
        context.Load(customer.State, at);
        float[] features = new float[schema.Count];
        schema.Write(context, features);
        return features;
    }
}
