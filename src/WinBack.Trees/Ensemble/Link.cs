namespace WinBack.Trees.Ensemble;

/// <summary>Turns the raw scores of one row into the prediction a user asks for (probability, mean, class shares).</summary>
public abstract record Link
{
    /// <summary>Whether the transformed values are probabilities.</summary>
    public abstract bool GivesProbabilities { get; }

    /// <summary>Transforms in place.</summary>
    /// <param name="scores">Shape [outputs]; raw scores in, predictions out.</param>
    public abstract void Apply(Span<double> scores);
}
