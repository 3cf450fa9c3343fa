namespace WinBack.Trees.Explain;

/// <summary>The way to one leaf: the questions on it, gathered by feature group.</summary>
/// <param name="Value">Of the leaf, in raw-score units.</param>
/// <param name="Groups">The distinct groups asked on the way, shape [D].</param>
/// <param name="Shares">
/// Shape [D]: the share of the training rows that goes on towards the leaf at the questions of the group, as a product over
/// them; what a row does whose value of the group is unknown.
/// </param>
/// <param name="Steps">Every question on the way.</param>
internal sealed record LeafPath(double Value, int[] Groups, double[] Shares, LeafPath.Step[] Steps)
{
    /// <summary>The share of the training rows that end in this leaf.</summary>
    public double Share()
    {
        double share = 1;
        foreach (double part in Shares)
        {
            share *= part;
        }

        return share;
    }

    /// <param name="Node">Index into the tree's nodes.</param>
    /// <param name="IsLeft">Whether the way goes left there.</param>
    /// <param name="Place">Index into <see cref="Groups"/>.</param>
    internal readonly record struct Step(int Node, bool IsLeft, int Place);
}
