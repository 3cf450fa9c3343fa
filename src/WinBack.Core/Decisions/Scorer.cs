using WinBack.Core.Features;
using WinBack.Core.Policy;
using WinBack.Trees.ModelFiles;

namespace WinBack.Core.Decisions;

/// <summary>The two models that are served. Immutable and thread-safe: a new pair is a new scorer.</summary>
public sealed class Scorer
{
    private readonly SchemaModel _churn;
    private readonly SchemaModel _winBack;

    /// <exception cref="ArgumentException">A model wants a feature that the schema has not; the message lists all of them.</exception>
    public Scorer(TreeModel churn, TreeModel winBack, FeatureSchema schema)
    {
        _churn = new SchemaModel(churn, schema);
        _winBack = new SchemaModel(winBack, schema);
        ModelVersions = [_churn.Version, _winBack.Version];
    }

    /// <summary>Name and sha256 prefix of each model.</summary>
    public IReadOnlyList<string> ModelVersions { get; }

    /// <param name="features">Shape [F] in schema order; missing is NaN.</param>
    public Scores Score(ReadOnlySpan<float> features) =>
        new(_churn.Probability(features), _winBack.Probability(features), ModelVersions);

    /// <summary>Why both models say what they say; a model whose file lacks what that needs is left out.</summary>
    /// <param name="features">Shape [F] in schema order; missing is NaN.</param>
    public IReadOnlyList<ScoreExplanation> Explain(ReadOnlySpan<float> features)
    {
        var explanations = new List<ScoreExplanation>();
        if (_churn.Explainer.Explain(features) is { } churn) explanations.Add(churn);
        if (_winBack.Explainer.Explain(features) is { } winBack) explanations.Add(winBack);
        return explanations;
    }

    private sealed class SchemaModel
    {
        private readonly TreeModel _model;
        private readonly int[] _columns;

        internal SchemaModel(TreeModel model, FeatureSchema schema)
        {
            string[] unknown = model.FeatureNames.Where(name => schema.IndexOf(name) < 0).ToArray();
            string name = model.Manifest?.Card.Name ?? "model";
            if (unknown.Length > 0)
                throw new ArgumentException(
                    $"model '{name}' wants features that schema {schema.Hash} has not: {string.Join(", ", unknown)}; train it on this schema");
            _model = model;
            _columns = model.FeatureNames.Select(schema.IndexOf).ToArray();
            Version = $"{name}@{model.Manifest?.BinarySha256[..12] ?? "unversioned"}";
            Explainer = new ModelExplainer(model, name, Version, _columns);
        }

        internal string Version { get; }

        internal ModelExplainer Explainer { get; }

        internal double Probability(ReadOnlySpan<float> features)
        {
            Span<float> row = stackalloc float[_columns.Length];
            for (int i = 0; i < row.Length; i++) row[i] = features[_columns[i]];
            return _model.Probability(row);
        }
    }
}
