using WinBack.Adapters;
using WinBack.Adapters.Redis;
using WinBack.Core.Caps.Budgets;
using WinBack.Core.Decisions;
using WinBack.Core.Events;
using WinBack.Core.Features;
using WinBack.Core.Policy;
using WinBack.Service.Serving;

namespace WinBack.Service.Customers;

/// <summary>Contact budgets by the playbook that serves now.</summary>
internal sealed class ContactBudgets(
    IDecisionStore store, BudgetResets resets, FeatureSchema schema, Live<PlaybookModel> playbook, TimeProvider time)
{
    internal PlaybookModel Playbook => playbook.Current;

    internal DateTimeOffset Now => time.GetUtcNow();

    /// <returns>Null when nothing is known of the customer, or it asked to be forgotten.</returns>
    internal async Task<ContactBudget?> ReadAsync(
        CustomerId customer, PlaybookModel playbook, DateTimeOffset asOf, IReadOnlyList<CapOverride> overrides, CancellationToken cancellation)
    {
        CustomerSnapshot found = await store.ReadAsync(customer, cancellation);
        if (found.State is not { IsErased: false } state) return null;
        float[] features = new float[schema.Count];
        var values = new FeatureContext();
        values.Load(state, asOf);
        schema.Write(values, features);
        // Neither caps nor channels ask for scores.
        var context = new PolicyContext(
            playbook, state, features, new Scores(0, 0, []), found.Caps.SentTouches(playbook.SequenceCap.Key), [], asOf, customer);
        return ContactBudget.Of(context, found.Caps, overrides);
    }

    /// <param name="names">Of caps; empty for all but the sequence.</param>
    internal async Task<BudgetReset?> ResetAsync(
        CustomerId customer, BudgetReset reset, IReadOnlyCollection<string> names, bool isTrial, CancellationToken cancellation)
    {
        PlaybookModel current = playbook.Current;
        if (await ReadAsync(customer, current, Now, [], cancellation) is not { } budget) return null;
        string[] keys = budget.Caps
            .Where(cap => cap.Cap.Key != current.SequenceCap.Key && (names.Count == 0 || names.Contains(cap.Name)))
            .Select(cap => cap.Cap.Key).ToArray();
        return await resets.ResetAsync(customer, reset, keys, isTrial, cancellation);
    }

    internal Task<IReadOnlyList<BudgetReset>> ListAsync(CustomerId customer, CancellationToken cancellation) =>
        resets.ListAsync(customer, cancellation);
}
