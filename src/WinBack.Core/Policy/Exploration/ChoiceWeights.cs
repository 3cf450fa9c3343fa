namespace WinBack.Core.Policy.Exploration;

/// <summary>
/// The weights that a choice is drawn by: the odds of being the best, lifted to the floors, as whole millionths that add up
/// to one million. Whole numbers, so that what is drawn, logged and replayed is the same to the last bit.
/// </summary>
internal static class ChoiceWeights
{
    internal const int Total = 1_000_000;

    /// <param name="means">Shape [K], K at least 1.</param>
    /// <param name="deviations">Shape [K].</param>
    /// <returns>Shape [K + 1]; the last is nothing.</returns>
    internal static int[] Of(ReadOnlySpan<double> means, ReadOnlySpan<double> deviations, ExplorationModel exploration)
    {
        int count = means.Length;
        Span<double> odds = stackalloc double[count + 1];
        BestOdds.Fill(means, deviations, odds);
        // Floors never take more than half of what there is.
        double floor = Math.Min(exploration.Floor, 0.5 * (1 - exploration.NothingFloor) / count);
        double free = 1 - (floor * count) - exploration.NothingFloor;
        var weights = new int[count + 1];
        int left = Total, largest = 0;
        for (int i = 0; i <= count; i++)
        {
            double odd = (i < count ? floor : exploration.NothingFloor) + (free * odds[i]);
            weights[i] = (int)(odd * Total);
            left -= weights[i];
            if (weights[i] > weights[largest]) largest = i;
        }

        weights[largest] += left;
        return weights;
    }
}
