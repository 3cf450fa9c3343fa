namespace WinBack.Trees.Training;

/// <summary>What the options say of single features, by place in the feature vector.</summary>
internal sealed class FeatureRules
{
    /// <exception cref="ArgumentException">The options name a feature that the table lacks, or ask one for the impossible.</exception>
    public FeatureRules(IReadOnlyList<string> features, TrainingOptions options)
    {
        IsCategory = new bool[features.Count];
        Directions = new int[features.Count];
        var places = features.Select((name, f) => (name, f)).ToDictionary(pair => pair.name, pair => pair.f, StringComparer.Ordinal);
        var errors = new List<string>();
        foreach (string name in options.Categorical.Concat(options.Monotone.Keys).Where(name => !places.ContainsKey(name)))
            errors.Add($"'{name}' is categorical or monotone in the options, but the table has no such feature.");
        foreach (string name in options.Categorical.Where(options.Monotone.ContainsKey))
            errors.Add($"'{name}' is categorical, so it has no order to be monotone in.");
        if (errors.Count > 0) throw new ArgumentException(string.Join("\n  ", errors));
        foreach (string name in options.Categorical) IsCategory[places[name]] = true;
        foreach (var (name, direction) in options.Monotone) Directions[places[name]] = (int)direction;
    }

    /// <summary>Shape [F].</summary>
    public bool[] IsCategory { get; }

    /// <summary>Shape [F]; -1, 0 or +1.</summary>
    public int[] Directions { get; }
}
