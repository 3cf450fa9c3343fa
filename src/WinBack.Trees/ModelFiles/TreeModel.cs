using WinBack.Trees.Ensemble;
using WinBack.Trees.Inputs;
using WinBack.Trees.ModelFiles.MlNet;
using WinBack.Trees.Scoring;

namespace WinBack.Trees.ModelFiles;

/// <summary>A loaded model, ready to score. Safe for concurrent use; scoring allocates nothing.</summary>
public sealed class TreeModel
{
    private readonly TextCategories _categories;
    private readonly RowScorer _scorer;

    /// <param name="ensemble">The trees.</param>
    /// <param name="manifest">Null for models that came without one (foreign formats, fresh from training).</param>
    /// <param name="inputs">The preparation that came with the trees; null when rows are feature vectors already.</param>
    public TreeModel(TreeEnsemble ensemble, ModelManifest? manifest = null, InputMap? inputs = null)
    {
        Ensemble = ensemble;
        Manifest = manifest;
        Inputs = inputs;
        _categories = new TextCategories(ensemble.FeatureNames, manifest?.Card.Features ?? []);
        Columns = inputs?.Columns ?? _categories.Columns;
        _scorer = RowScorer.Create(ensemble);
    }

    public TreeEnsemble Ensemble { get; }

    public ModelManifest? Manifest { get; }

    public ModelFormat Format { get; internal init; }

    /// <summary>What an ML.NET file said, for writing it again; null for other sources.</summary>
    internal MlNetBody? MlNetBody { get; init; }

    /// <summary>Input columns to features, for models that bring their own preparation (ML.NET); null otherwise.</summary>
    public InputMap? Inputs { get; }

    /// <summary>
    /// What a row must bring, before any preparation: the columns of <see cref="Inputs"/>, else the features, as numbers or as
    /// the text categories of the manifest.
    /// </summary>
    public IReadOnlyList<InputColumn> Columns { get; }

    /// <summary>The texts that the manifest knows for a column of a model without <see cref="Inputs"/>.</summary>
    internal IReadOnlyList<string> CategoriesOf(int column) => _categories.TermsOf(column);

    /// <summary>In feature-vector order.</summary>
    public IReadOnlyList<string> FeatureNames => Ensemble.FeatureNames;

    /// <summary>The same model over input columns alone: what it brings to prepare them moves into its trees, exactly.</summary>
    /// <returns>This model where there is nothing to move.</returns>
    /// <exception cref="ConversionException">It wants text columns, or a node asks several columns at once.</exception>
    public TreeModel OverColumns()
    {
        if (Inputs is null)
        {
            return this;
        }

        const string target = "trees over number columns";
        string[] texts = Columns.Where(column => column.IsText).Select(column => column.Name).ToArray();
        return texts.Length == 0
            ? new TreeModel(FoldedModel.Of(this, target).Ensemble, Manifest) { Format = Format }
            : throw new ConversionException(target, $"it wants text columns ({string.Join(", ", texts)})");
    }

    /// <summary>The same model with other names for its input columns.</summary>
    /// <exception cref="ArgumentException">A mapped name is not the model's, or two columns would have one name.</exception>
    public TreeModel Renamed(ColumnNameMap map) => ReferenceEquals(map, ColumnNameMap.Empty) ? this : ModelRenaming.Apply(this, map);

    /// <summary>Makes the feature vector of one row; where the model brings no preparation, a copy with texts as numbers.</summary>
    /// <param name="numbers">Shape [<see cref="Columns"/>]; missing is NaN. Not read where the column is text.</param>
    /// <param name="texts">Shape [<see cref="Columns"/>]; missing is null. May be empty without text columns.</param>
    /// <param name="features">Shape [F].</param>
    /// <exception cref="ArgumentException">A length does not match.</exception>
    public void Prepare(ReadOnlySpan<float> numbers, ReadOnlySpan<string?> texts, Span<float> features)
    {
        if (Inputs is not null)
        {
            Inputs.Apply(numbers, texts, features);
            return;
        }

        if (numbers.Length != features.Length)
        {
            throw new ArgumentException($"{numbers.Length} numbers for {features.Length} features.");
        }

        _categories.Apply(numbers, texts, features);
    }

    /// <summary>The raw score of a single-output model.</summary>
    /// <param name="features">Shape [F] in <see cref="FeatureNames"/> order; missing is NaN.</param>
    /// <exception cref="ArgumentException">The row has another length, or the model has several outputs.</exception>
    public float Score(ReadOnlySpan<float> features)
    {
        double score = 0;
        RawScores(features, new Span<double>(ref score));
        return (float)score;
    }

    /// <summary>The prediction of a single-output model: the probability when the link gives one, else the mean.</summary>
    /// <param name="features">Shape [F]; missing is NaN.</param>
    /// <exception cref="ArgumentException">The row has another length, or the model has several outputs.</exception>
    public float Probability(ReadOnlySpan<float> features)
    {
        double score = 0;
        Predict(features, new Span<double>(ref score));
        return (float)score;
    }

    /// <summary>Writes the raw score of each output.</summary>
    /// <param name="features">Shape [F]; missing is NaN.</param>
    /// <param name="scores">Shape [outputs].</param>
    /// <exception cref="ArgumentException">A length does not match the model.</exception>
    public void RawScores(ReadOnlySpan<float> features, Span<double> scores) => _scorer.RawScores(features, scores);

    /// <summary>Writes the prediction of each output, link applied.</summary>
    /// <param name="features">Shape [F]; missing is NaN.</param>
    /// <param name="predictions">Shape [outputs].</param>
    /// <exception cref="ArgumentException">A length does not match the model.</exception>
    public void Predict(ReadOnlySpan<float> features, Span<double> predictions)
    {
        RawScores(features, predictions);
        Ensemble.Link.Apply(predictions);
    }

    /// <summary>Writes the leaf that the row reaches in each tree, numbered as the model's source numbers them.</summary>
    /// <param name="features">Shape [F]; missing is NaN.</param>
    /// <param name="leaves">Shape [trees].</param>
    /// <exception cref="ArgumentException">A length does not match the model.</exception>
    public void Leaves(ReadOnlySpan<float> features, Span<int> leaves)
    {
        _scorer.Leaves(features, leaves);
        for (int t = 0; t < leaves.Length; t++)
        {
            int[] ids = Ensemble.Trees[t].LeafIds;
            leaves[t] = ids.Length == 0 ? leaves[t] : ids[leaves[t]];
        }
    }
}
